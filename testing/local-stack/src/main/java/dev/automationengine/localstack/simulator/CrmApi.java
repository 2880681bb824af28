package dev.automationengine.localstack.simulator;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A generic CRM: makes contacts, and makes them once per {@code Idempotency-Key}. The key behaves as the IETF draft
 * says: the same payload gets the stored answer, another payload 422. Contacts are found by {@code external_id}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">Idempotency-Key</a>
 */
final class CrmApi implements VendorApi {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final int KEYS_KEPT = 100_000;

    private final Tokens tokens;
    private final OAuthGrants grants;
    private final Effects effects;
    private final InstantSource clock;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<String, Stored> byKey = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stored> eldest) {
            return size() > KEYS_KEPT;
        }
    };

    CrmApi(Tokens tokens, OAuthGrants grants, Effects effects, InstantSource clock) {
        this.tokens = tokens;
        this.grants = grants;
        this.effects = effects;
        this.clock = clock;
    }

    void clear() {
        synchronized (byKey) {
            byKey.clear();
        }
    }

    @Override
    public Answer answer(Call call) {
        if (!call.path().equals("/crm/contacts")) {
            throw error(404, "not_found", "No such resource", null);
        }
        String apiKey = call.bearer()
                .filter(key -> tokens.acceptsCrmKey(key) || grants.accepts(key))
                .orElseThrow(() -> error(401, "unauthorized", "The API key is missing or not valid", null));
        return switch (call.method()) {
            case "GET" -> find(call);
            case "POST" -> insert(call, apiKey);
            default -> throw error(405, "method_not_allowed", "Use GET or POST", null);
        };
    }

    /** The contacts with an external id; it is not unique here, so that a repetition shows. */
    private Answer find(Call call) {
        String externalId = call.parameter("external_id")
                .orElseThrow(() -> error(400, "missing_parameter", "Say which external_id", "external_id"));
        if (call.query().size() > 1) {
            throw error(400, "unknown_parameter", "Contacts are found by external_id alone", null);
        }
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        effects.contacts().stream()
                .filter(contact -> externalId.equals(contact.fields().get("external_id")))
                .forEach(contact -> {
                    ObjectNode item = items.addObject();
                    contact.fields().forEach(item::put);
                    item.put("id", contact.id());
                });
        return Answer.json(200, answer);
    }

    private Answer insert(Call call, String apiKey) {
        if (!call.hasContentType("application/json")) {
            throw error(415, "unsupported_media_type", "Send application/json", null);
        }
        // A structured-field string comes in quotes, but many clients leave them out.
        String key = call.header("idempotency-key").orElse("").replaceAll("^\"|\"$", "");
        return key.isEmpty() ? create(call, key) : createOnce(call, apiKey, key);
    }

    private Answer createOnce(Call call, String apiKey, String key) {
        synchronized (byKey) {
            Stored stored = byKey.get(apiKey + " " + key);
            if (stored == null) {
                Answer answer = create(call, key);
                byKey.put(apiKey + " " + key, new Stored(call.body(), answer));
                return answer;
            }
            if (!MessageDigest.isEqual(stored.request(), call.body())) {
                throw error(422, "idempotency_key_reused", "The key was used for another payload", null);
            }
            return stored.answer().plus(Map.of("Idempotent-Replayed", "true"));
        }
    }

    private Answer create(Call call, String key) {
        JsonNode body = Json.parse(call.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> error(400, "invalid_json", "The body is no JSON object", null));
        checkReachable(body);
        String id = "c_" + lastId.incrementAndGet();
        Map<String, String> fields = fields(body);
        effects.add(new CrmContact(clock.instant(), id, key, fields));
        ObjectNode answer = Json.object().put("id", id);
        answer.setAll((ObjectNode) body);
        answer.put("id", id);
        return Answer.json(201, Map.of("Location", "/crm/contacts/" + id), answer);
    }

    private static void checkReachable(JsonNode body) {
        JsonNode email = body.path("email");
        boolean noEmail = email.isMissingNode() || email.isNull();
        if (noEmail && Json.text(body, "phone").isBlank()) {
            throw error(422, "missing_field", "A contact needs an e-mail address or a phone number", "email");
        }
        if (!noEmail && !EMAIL.matcher(email.asString("")).matches()) {
            throw error(422, "invalid_email", "This is no e-mail address", "email");
        }
    }

    private static Map<String, String> fields(JsonNode body) {
        Map<String, String> fields = new LinkedHashMap<>();
        body.properties()
                .forEach(field -> fields.put(
                        field.getKey(),
                        field.getValue().isString()
                                ? field.getValue().stringValue()
                                : field.getValue().toString()));
        return fields;
    }

    private static Refused error(int status, String code, String message, @Nullable String field) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        if (field != null) {
            error.put("field", field);
        }
        return new Refused(Answer.json(status, body));
    }

    private record Stored(byte[] request, Answer answer) {}
}
