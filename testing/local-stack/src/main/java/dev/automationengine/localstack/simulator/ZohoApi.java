package dev.automationengine.localstack.simulator;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Zoho CRM: upsert by the fields to check for duplicates. A record's failure comes with a status of success.
 *
 * @see <a href="https://www.zoho.com/crm/developer/docs/api/v8/upsert-records.html">Zoho: upsert records</a>
 */
final class ZohoApi implements VendorApi {
    private static final Pattern UPSERT = Pattern.compile("/zoho/crm/v[2-8]/([^/]+)/upsert");
    private static final Set<String> MODULES = Set.of("Leads", "Contacts");
    private static final String SCHEME = "Zoho-oauthtoken ";

    private final Tokens tokens;
    private final Effects effects;

    ZohoApi(Tokens tokens, Effects effects) {
        this.tokens = tokens;
        this.effects = effects;
    }

    @Override
    public Answer answer(Call call) {
        if (call.header("authorization")
                .filter(value -> value.startsWith(SCHEME))
                .filter(value -> tokens.accepts(Vendor.ZOHO, value.substring(SCHEME.length())))
                .isEmpty()) {
            throw error(401, "INVALID_TOKEN", "invalid oauth token");
        }
        Matcher path = UPSERT.matcher(call.path());
        if (!path.matches() || !call.method().equals("POST")) {
            throw error(404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one");
        }
        if (!MODULES.contains(path.group(1))) {
            throw error(400, "INVALID_MODULE", "the module name given seems to be invalid");
        }
        JsonNode body = Json.parse(call.body()).orElseThrow(() -> error(400, "INVALID_DATA", "invalid data"));
        JsonNode records = body.path("data");
        if (!records.isArray() || records.isEmpty() || records.size() > 100) {
            throw error(400, "INVALID_DATA", "data must have 1 to 100 records");
        }
        ObjectNode answer = Json.object();
        var results = answer.putArray("data");
        boolean failed = false;
        for (JsonNode fields : records) {
            ObjectNode result = upsert(path.group(1), fields, body.path("duplicate_check_fields"));
            failed |= Json.text(result, "status").equals("error");
            results.add(result);
        }
        return Answer.json(failed ? 202 : 200, answer);
    }

    private ObjectNode upsert(String module, JsonNode fields, JsonNode duplicateCheck) {
        if (Json.text(fields, "Last_Name").isBlank()) {
            ObjectNode failed = result("MANDATORY_NOT_FOUND", "error", "required field not found");
            failed.putObject("details").put("api_name", "Last_Name");
            return failed;
        }
        String key = duplicateCheck.values().stream()
                .map(name -> Json.text(fields, name.asString("")))
                .collect(Collectors.joining("|", module + "|", ""));
        boolean fresh = effects.keep(Vendor.ZOHO, key, fields.toString());
        ObjectNode done = result("SUCCESS", "success", fresh ? "record added" : "record updated");
        done.put("action", fresh ? "insert" : "update").putObject("details").put("id", "3652397000009851001");
        return done;
    }

    private static ObjectNode result(String code, String status, String message) {
        return Json.object().put("code", code).put("status", status).put("message", message);
    }

    private static Refused error(int status, String code, String message) {
        ObjectNode body = result(code, "error", message);
        body.putObject("details");
        return new Refused(Answer.json(status, body));
    }
}
