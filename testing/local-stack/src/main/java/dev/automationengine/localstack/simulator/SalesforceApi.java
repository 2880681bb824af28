package dev.automationengine.localstack.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Salesforce: upsert of leads by an external id field, alone and as parts of a composite request, with a duplicate rule and
 * locked rows.
 *
 * @see <a href="https://developer.salesforce.com/docs/platform/api-rest/guide/dome-upsert.html">Salesforce: upsert</a>
 */
public final class SalesforceApi implements VendorApi {
    private static final String ROOT = "/salesforce";
    private static final Pattern UPSERT = Pattern.compile("/services/data/(v\\d{2}\\.0)/sobjects/([^/]+)/([^/]+)/(.+)");
    private static final Pattern COMPOSITE = Pattern.compile("/services/data/v\\d{2}\\.0/composite");
    private static final String EXTERNAL_ID = "Meta_Lead_Id__c";
    private static final String RULE_HEADER = "sforce-duplicate-rule-header";
    private static final int MOST_PARTS = 25;

    private final Tokens tokens;
    private final Effects effects;
    private final CallRates rates;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private final Set<String> locked = new HashSet<>();
    private boolean duplicateRule;
    private int calls;

    SalesforceApi(Tokens tokens, Effects effects, CallRates rates) {
        this.tokens = tokens;
        this.effects = effects;
        this.rates = rates;
    }

    private record Row(String id, JsonNode fields) {}

    /** A lead is made in Salesforce itself; several may have one external id. */
    public synchronized String add(String externalId, String email) {
        Row row = new Row(nextId(), Json.object().put("Email", email));
        rows.computeIfAbsent(externalId, none -> new ArrayList<>()).add(row);
        return row.id();
    }

    /** Switches the standard duplicate rule on: a new lead with the address of another is refused. */
    public synchronized void duplicateRule(boolean on) {
        duplicateRule = on;
    }

    /** Somebody else writes the lead of this external id now, until {@link #unlock}. */
    public synchronized void lock(String externalId) {
        locked.add(externalId);
    }

    /** See {@link #lock}. */
    public synchronized void unlock(String externalId) {
        locked.remove(externalId);
    }

    synchronized void clear() {
        rows.clear();
        locked.clear();
        duplicateRule = false;
        calls = 0;
    }

    @Override
    public synchronized Answer answer(Call call) {
        if (call.bearer()
                .filter(token -> tokens.accepts(Vendor.SALESFORCE, token))
                .isEmpty()) {
            throw error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        if (!rates.take(Vendor.SALESFORCE, "organization")) {
            throw error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
        calls++;
        String path = call.path().substring(ROOT.length());
        JsonNode body = Json.parse(call.body()).orElseGet(Json::object);
        boolean allowSave = call.header(RULE_HEADER).orElse("").equals("allowSave=true");
        Answer answer = COMPOSITE.matcher(path).matches() && call.method().equals("POST")
                ? composite(body)
                : answered(() -> upsert(call.method(), path, body, allowSave, true));
        return answer.plus(Map.of("Sforce-Limit-Info", "api-usage=" + calls + "/100000"));
    }

    private interface Part {
        Answer run();
    }

    private static Answer answered(Part part) {
        try {
            return part.run();
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    private Answer upsert(String method, String text, JsonNode body, boolean allowSave, boolean write) {
        Matcher path = UPSERT.matcher(text);
        if (!path.matches() || !path.group(2).equals("Lead") || !path.group(3).equals(EXTERNAL_ID)) {
            throw error(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible");
        }
        if (!method.equals("PATCH")) {
            throw error(405, "METHOD_NOT_ALLOWED", "HTTP Method not allowed");
        }
        if (!body.isObject() || body.isEmpty()) {
            throw error(400, "JSON_PARSER_ERROR", "The body is no JSON object");
        }
        if (body.has(EXTERNAL_ID)) {
            throw error(400, "INVALID_FIELD", "The external id stands in the URL, not in the body");
        }
        String externalId = path.group(4);
        List<Row> found = rows.getOrDefault(externalId, List.of());
        if (found.size() > 1) {
            ArrayNode several = Json.array();
            found.forEach(row -> several.add("/services/data/" + path.group(1) + "/sobjects/Lead/" + row.id()));
            throw new Refused(Answer.json(300, several));
        }
        for (String field : List.of("LastName", "Company")) {
            if (Json.text(body, field).isBlank()) {
                throw error(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [" + field + "]");
            }
        }
        if (locked.contains(externalId)) {
            throw error(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
        }
        boolean created = found.isEmpty();
        if (created && duplicateRule && !allowSave) {
            duplicate(Json.text(body, "Email")).ifPresent(other -> {
                throw new Refused(Answer.json(400, Json.array().add(duplicates(other))));
            });
        }
        String id = created ? nextId() : found.getFirst().id();
        if (write) {
            rows.put(externalId, new ArrayList<>(List.of(new Row(id, body))));
            effects.keep(Vendor.SALESFORCE, externalId, body.toString());
        }
        ObjectNode answer = Json.object().put("id", id).put("success", true);
        answer.putArray("errors");
        answer.put("created", created);
        return Answer.json(created ? 201 : 200, answer);
    }

    /** The outer status is 200 even if every part failed. */
    private Answer composite(JsonNode body) {
        JsonNode parts = body.path("compositeRequest");
        if (!parts.isArray() || parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw error(400, "INVALID_INPUT", "compositeRequest must have 1 to 25 parts");
        }
        boolean all = body.path("allOrNone").asBoolean(false);
        boolean good = parts.valueStream().allMatch(part -> part(part, false).status() < 300);
        ArrayNode answers = Json.array();
        for (JsonNode part : parts) {
            Answer tried = part(part, good || !all);
            Answer told = all && !good && tried.status() < 300
                    ? error(400, "PROCESSING_HALTED", "The transaction was rolled back since another operation failed")
                            .answer()
                    : tried;
            ObjectNode answer = answers.addObject();
            answer.set("body", Json.parse(told.body()).orElseGet(Json::object));
            answer.putObject("httpHeaders");
            answer.put("httpStatusCode", told.status()).put("referenceId", Json.text(part, "referenceId"));
        }
        return Answer.json(200, Json.object().set("compositeResponse", answers));
    }

    private Answer part(JsonNode part, boolean write) {
        return answered(
                () -> upsert(Json.text(part, "method"), Json.text(part, "url"), part.path("body"), false, write));
    }

    private Optional<String> duplicate(String email) {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row ->
                        !email.isEmpty() && Json.text(row.fields(), "Email").equals(email))
                .map(Row::id)
                .findFirst();
    }

    private String nextId() {
        return "00Q5g%013d"
                .formatted(rows.values().stream().mapToInt(List::size).sum() + 1);
    }

    private static ObjectNode duplicates(String other) {
        ObjectNode error =
                Json.object().put("errorCode", "DUPLICATES_DETECTED").put("message", "Use one of these records?");
        ObjectNode result = error.putObject("duplicateResult")
                .put("allowSave", true)
                .put("duplicateRule", "Standard_Lead_Duplicate_Rule");
        ObjectNode match = result.putArray("matchResults").addObject().put("entityType", "Lead");
        ObjectNode found = match.putArray("matchRecords").addObject().put("matchConfidence", 100.0);
        found.putObject("record").put("Id", other);
        return error;
    }

    private static Refused error(int status, String code, String message) {
        return new Refused(Answer.json(
                status, Json.array().add(Json.object().put("message", message).put("errorCode", code))));
    }
}
