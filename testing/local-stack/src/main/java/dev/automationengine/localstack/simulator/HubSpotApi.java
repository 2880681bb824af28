package dev.automationengine.localstack.simulator;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HubSpot's contacts: search by time, insert, update, and batch upsert by a unique property. Values that are no texts, unknown
 * properties and more than 100 inputs are refused; an address that another contact has is a conflict, which tells the contact's
 * id in its text only, and in a batch is told within 207.
 *
 * @see <a href="https://developers.hubspot.com/docs/api/crm/contacts">HubSpot: contacts</a>
 */
final class HubSpotApi implements VendorApi {
    private static final int MOST = 100;
    private static final Set<String> UNIQUE = Set.of("email", "fb_lead_id");
    private static final Set<String> PROPERTIES = Set.of(
            "email",
            "firstname",
            "lastname",
            "phone",
            "company",
            "employees",
            "hs_lead_status",
            "fb_lead_id",
            "hubspot_owner_id");

    private static final Pattern OBJECTS =
            Pattern.compile("/hubspot/crm/(?:v3/objects|objects/\\d{4}-\\d{2})/contacts(/.*)?");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    private final Tokens tokens;
    private final HubSpotContacts contacts;
    private final Effects effects;
    private final CallRates rates;

    HubSpotApi(Tokens tokens, HubSpotContacts contacts, Effects effects, CallRates rates) {
        this.tokens = tokens;
        this.contacts = contacts;
        this.effects = effects;
        this.rates = rates;
    }

    @Override
    public Answer answer(Call call) {
        if (call.bearer().filter(token -> tokens.accepts(Vendor.HUBSPOT, token)).isEmpty()) {
            throw error(401, "EXPIRED_AUTHENTICATION", "The OAuth token used is expired");
        }
        if (!rates.take(Vendor.HUBSPOT, "account")) {
            throw throttled();
        }
        Matcher path = OBJECTS.matcher(call.path());
        if (!path.matches()) {
            throw error(404, "OBJECT_NOT_FOUND", "Not found");
        }
        String rest = Objects.requireNonNullElse(path.group(1), "");
        if (call.method().equals("PATCH") && rest.length() > 1) {
            return update(call, rest.substring(1));
        }
        if (!call.method().equals("POST") || !call.hasContentType("application/json")) {
            throw error(405, "METHOD_NOT_ALLOWED", "POST with JSON is wanted");
        }
        return switch (rest) {
            case "" -> insert(call);
            case "/search" -> search(call);
            case "/batch/upsert" -> upsert(call);
            default -> throw error(404, "OBJECT_NOT_FOUND", "Not found");
        };
    }

    private Answer insert(Call call) {
        JsonNode properties = properties(call);
        check(properties);
        clash(properties, "").ifPresent(other -> {
            throw error(409, "CONFLICT", "Contact already exists. Existing ID: " + other);
        });
        String key = "email=" + Json.text(properties, "email");
        effects.keep(Vendor.HUBSPOT, key, properties.toString());
        return Answer.json(201, stored(id(key), properties));
    }

    private Answer update(Call call, String named) {
        String by = call.parameter("idProperty").orElse("");
        String id = by.isEmpty()
                ? named
                : contacts.find(by, named).orElseThrow(() -> error(404, "OBJECT_NOT_FOUND", "resource not found"));
        JsonNode properties = properties(call);
        check(properties);
        clash(properties, id).ifPresent(other -> {
            throw error(409, "CONFLICT", "Contact already exists. Existing ID: " + other);
        });
        JsonNode merged =
                contacts.merged(id, properties).orElseThrow(() -> error(404, "OBJECT_NOT_FOUND", "resource not found"));
        return Answer.json(200, stored(id, merged));
    }

    private Answer upsert(Call call) {
        JsonNode inputs = Json.parse(call.body())
                .map(body -> body.path("inputs"))
                .orElseThrow(() -> error(400, "VALIDATION_ERROR", "Invalid input JSON"));
        if (!inputs.isArray() || inputs.isEmpty() || inputs.size() > MOST) {
            throw error(400, "VALIDATION_ERROR", "inputs must have 1 to 100 elements");
        }
        inputs.forEach(HubSpotApi::checkInput);
        ObjectNode answer = Json.object().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        ArrayNode errors = Json.array();
        for (JsonNode input : inputs) {
            String by = Json.text(input, "idProperty");
            String value = Json.text(input, "id");
            Optional<String> known = contacts.find(by, value);
            ObjectNode properties =
                    ((ObjectNode) input.path("properties")).deepCopy().put(by, value);
            Optional<String> other = clash(properties, known.orElse(""));
            if (other.isPresent()) {
                errors.addObject()
                        .put("status", "error")
                        .put("category", "CONFLICT")
                        .put("message", "Contact already exists. Existing ID: " + other.get())
                        .putObject("context")
                        .putArray("objectWriteTraceId")
                        .add(Json.text(input, "objectWriteTraceId"));
                continue;
            }
            effects.keep(
                    Vendor.HUBSPOT, by + "=" + value, input.path("properties").toString());
            results.add(stored(known.orElseGet(() -> id(by + "=" + value)), properties)
                    .put("new", known.isEmpty())
                    .put("objectWriteTraceId", Json.text(input, "objectWriteTraceId")));
        }
        if (!errors.isEmpty()) {
            answer.put("numErrors", errors.size()).set("errors", errors);
        }
        return Answer.json(errors.isEmpty() ? 200 : 207, answer);
    }

    private static String id(String key) {
        return Integer.toString(Math.floorMod(key.hashCode(), 1_000_000));
    }

    private ObjectNode stored(String id, JsonNode properties) {
        contacts.store(id, properties);
        ObjectNode contact = Json.object().put("id", id).put("archived", false);
        contact.set("properties", properties);
        return contact;
    }

    /** The contact that has one of the unique values already. */
    private Optional<String> clash(JsonNode properties, String own) {
        return UNIQUE.stream()
                .filter(name -> !Json.text(properties, name).isEmpty())
                .flatMap(name -> contacts.find(name, Json.text(properties, name)).stream())
                .filter(id -> !id.equals(own))
                .findFirst();
    }

    private static JsonNode properties(Call call) {
        return Json.parse(call.body())
                .map(body -> body.path("properties"))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> error(400, "VALIDATION_ERROR", "Invalid input JSON"));
    }

    private Answer search(Call call) {
        ObjectNode found = Json.parse(call.body())
                .filter(body -> call.method().equals("POST") && call.hasContentType("application/json"))
                .map(contacts::search)
                .orElseThrow(() -> error(400, "VALIDATION_ERROR", "There was a problem with the request."));
        return Answer.json(200, found);
    }

    private static void checkInput(JsonNode input) {
        if (!UNIQUE.contains(Json.text(input, "idProperty"))
                || Json.text(input, "id").isBlank()) {
            throw error(400, "VALIDATION_ERROR", "id and a unique idProperty are wanted");
        }
        if (!input.path("properties").isObject()) {
            throw error(400, "VALIDATION_ERROR", "properties are wanted");
        }
        check(input.path("properties"));
    }

    private static void check(JsonNode properties) {
        properties.properties().forEach(property -> {
            if (!PROPERTIES.contains(property.getKey())) {
                throw error(400, "VALIDATION_ERROR", "Property \"" + property.getKey() + "\" does not exist");
            }
            if (!property.getValue().isString()) {
                throw error(400, "VALIDATION_ERROR", "Property " + property.getKey() + " must be a string");
            }
        });
        String email = Json.text(properties, "email");
        if (!email.isEmpty() && !ADDRESS.matcher(email).matches()) {
            throw error(400, "VALIDATION_ERROR", "Property values were not valid: Email address is invalid");
        }
    }

    private static Refused throttled() {
        return new Refused(Answer.json(
                429,
                Map.of("X-HubSpot-RateLimit-Max", "190", "X-HubSpot-RateLimit-Remaining", "0"),
                Json.object()
                        .put("status", "error")
                        .put("message", "You have reached your ten_secondly_rolling limit.")
                        .put("errorType", "RATE_LIMIT")
                        .put("correlationId", "aeb5f871-7f07-4993-9211-075dc63e7cbf")
                        .put("policyName", "TEN_SECONDLY_ROLLING")));
    }

    private static Refused error(int status, String category, String message) {
        return new Refused(Answer.json(
                status,
                Json.object()
                        .put("status", "error")
                        .put("message", message)
                        .put("correlationId", "aeb5f871-7f07-4993-9211-075dc63e7cbf")
                        .put("category", category)));
    }
}
