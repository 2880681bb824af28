package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.connectors.vault.Credential;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Inserts or updates a person in Pipedrive, which has no upsert: looks for the person, then writes.
 *
 * @see <a href="https://developers.pipedrive.com/docs/api/v1/Persons">Pipedrive: persons</a>
 */
final class PipedriveUpsert implements Action {
    private static final Pattern CUSTOM = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutboundHttp http;
    private final Errors errors;
    private final ErrorRules rules;
    private final Authorization authorization;
    private final BaseUrl baseUrl;
    private final Map<String, String> settings;

    PipedriveUpsert(
            OutboundHttp http,
            Errors errors,
            ErrorRules rules,
            Authorization authorization,
            BaseUrl baseUrl,
            Map<String, String> settings) {
        this.http = http;
        this.errors = errors;
        this.rules = rules;
        this.authorization = authorization;
        this.baseUrl = baseUrl;
        this.settings = settings;
    }

    /** Each attempt looks first. */
    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return EffectMode.VERIFIABLE;
    }

    @Override
    public ActionResult run(ActionCall call) {
        Map<String, Object> person = person(call);
        Object matchBy = call.input().get("match_by");
        String field = matchBy == null ? "email" : BodyBuilder.text(matchBy, "match_by");
        String term = BodyBuilder.text(fields(call).get(field), "field_mapping." + field);
        String persons = baseUrl.render(TemplatedAction.context(call, settings)) + "/persons";
        long end = System.nanoTime() + call.timeout().toNanos();
        try {
            JsonNode found = send(
                    call,
                    "GET",
                    UrlText.withQuery(
                            URI.create(persons + "/search"),
                            Map.of("term", term, "fields", field, "exact_match", "true", "limit", "1")),
                    null,
                    end);
            String known = found.at("/data/items/0/item/id").asString("");
            JsonNode written = known.isEmpty()
                    ? send(call, "POST", URI.create(persons), person, end)
                    : send(call, "PATCH", URI.create(persons + "/" + known), person, end);
            Map<String, @Nullable Object> output = new LinkedHashMap<>();
            output.put("id", written.at("/data/id").asLong());
            output.put("created", known.isEmpty());
            return new ActionResult.Succeeded(output, 200);
        } catch (Ended ended) {
            return ended.result;
        }
    }

    private static Map<?, ?> fields(ActionCall call) {
        if (call.input().get("field_mapping") instanceof Map<?, ?> fields) {
            return fields;
        }
        throw new InvalidInputException("field_mapping must be an object");
    }

    private static Map<String, Object> person(ActionCall call) {
        Map<String, Object> person = new LinkedHashMap<>();
        Map<String, Object> custom = new LinkedHashMap<>();
        fields(call).forEach((name, value) -> {
            if (value == null) {
                return;
            }
            switch (String.valueOf(name)) {
                case "name" -> person.put("name", BodyBuilder.text(value, "field_mapping.name"));
                case "email" -> person.put("emails", List.of(Map.of("value", value, "primary", true)));
                case "phone" -> person.put("phones", List.of(Map.of("value", value, "primary", true)));
                case String key when CUSTOM.matcher(key).matches() -> custom.put(key, value);
                case String other ->
                    throw new InvalidInputException("field_mapping." + other
                            + " is no field of a person: name, email, phone, or a custom field's key of 40 characters");
            }
        });
        if (!custom.isEmpty()) {
            person.put("custom_fields", custom);
        }
        Object owner = call.input().get("owner_id");
        if (owner != null) {
            if (!DIGITS.matcher(owner.toString()).matches()) {
                throw new InvalidInputException("owner_id must be the number of a user");
            }
            person.put("owner_id", Long.parseLong(owner.toString()));
        }
        return person;
    }

    private JsonNode send(ActionCall call, String method, URI url, @Nullable Object body, long end) {
        Credential credential = Objects.requireNonNull(call.credential(), "the manifest wants a credential");
        Map<String, String> headers = new HashMap<>(authorization.headers(credential));
        headers.put("Accept", "application/json");
        OutboundRequest request = new OutboundRequest(
                method,
                url,
                headers,
                body == null ? null : new OutboundRequest.Body("application/json", JSON.writeValueAsBytes(body)),
                Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
        Redactor redactor = Redactor.of(credential);
        return switch (http.send(request, call.connection())) {
            case Exchange.Unanswered unanswered -> {
                ActionResult result = errors.unanswered(request, unanswered, redactor);
                throw new Ended(body == null ? ofRead(result) : result);
            }
            case Exchange.Answered answered -> {
                AnswerBody text = AnswerBody.of(answered, redactor);
                if (!StatusClass.success(answered.status())) {
                    throw new Ended(errors.answered(request, answered, rules, text, redactor));
                }
                yield JSON.readTree(answered.body());
            }
        };
    }

    /** A search whose answer is lost has changed nothing. */
    private static ActionResult ofRead(ActionResult result) {
        return result instanceof ActionResult.Failed failed
                ? new ActionResult.Failed(failed.error(), failed.retryAfter(), false, failed.connectionWide())
                : result;
    }

    /** A call did not give what the next one needs. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ActionResult result;

        private Ended(ActionResult result) {
            super(null, null, false, false);
            this.result = result;
        }
    }
}
