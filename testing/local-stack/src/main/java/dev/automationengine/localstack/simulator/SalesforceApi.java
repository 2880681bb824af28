package dev.automationengine.localstack.simulator;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Salesforce: upsert of leads by an external id field.
 *
 * @see <a href="https://developer.salesforce.com/docs/platform/api-rest/guide/dome-upsert.html">Salesforce: upsert</a>
 */
final class SalesforceApi implements VendorApi {
    private static final Pattern UPSERT =
            Pattern.compile("/salesforce/services/data/v\\d{2}\\.0/sobjects/([^/]+)/([^/]+)/(.+)");
    private static final String EXTERNAL_ID = "Meta_Lead_Id__c";

    private final Tokens tokens;
    private final Effects effects;

    SalesforceApi(Tokens tokens, Effects effects) {
        this.tokens = tokens;
        this.effects = effects;
    }

    @Override
    public Answer answer(Call call) {
        if (call.bearer()
                .filter(token -> tokens.accepts(Vendor.SALESFORCE, token))
                .isEmpty()) {
            throw error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        Matcher path = UPSERT.matcher(call.path());
        if (!path.matches() || !path.group(1).equals("Lead") || !path.group(2).equals(EXTERNAL_ID)) {
            throw error(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible");
        }
        if (!call.method().equals("PATCH")) {
            throw error(405, "METHOD_NOT_ALLOWED", "HTTP Method not allowed");
        }
        JsonNode body = Json.parse(call.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> error(400, "JSON_PARSER_ERROR", "The body is no JSON object"));
        if (body.has(EXTERNAL_ID)) {
            throw error(400, "INVALID_FIELD", "The external id stands in the URL, not in the body");
        }
        for (String field : List.of("LastName", "Company")) {
            if (Json.text(body, field).isBlank()) {
                throw error(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [" + field + "]");
            }
        }
        boolean created = effects.keep(Vendor.SALESFORCE, path.group(3), body.toString());
        ObjectNode answer = Json.object().put("id", "00Q5g00000XyZabEAF").put("success", true);
        answer.putArray("errors");
        answer.put("created", created);
        return Answer.json(created ? 201 : 200, answer);
    }

    private static Refused error(int status, String code, String message) {
        return new Refused(Answer.json(
                status, Json.array().add(Json.object().put("message", message).put("errorCode", code))));
    }
}
