package dev.automationengine.localstack.simulator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Zoho CRM: upsert by the fields to check for duplicates, and search. A record's failure comes with a status of success.
 * {@code /zoho/eu} is another data centre, where tokens of this one are not known.
 *
 * @see <a href="https://www.zoho.com/crm/developer/docs/api/v8/upsert-records.html">Zoho: upsert records</a>
 */
public final class ZohoApi implements VendorApi {
    private static final Pattern UPSERT = Pattern.compile("/zoho/crm/v[2-8]/([^/]+)/upsert");
    private static final Pattern SEARCH = Pattern.compile("/zoho/crm/v[2-8]/([^/]+)/search");
    /** A field that no two records of a module may share. */
    private static final String UNIQUE = "Email";

    private static final Set<String> MODULES = Set.of("Leads", "Contacts");
    private static final String SCHEME = "Zoho-oauthtoken ";

    private final Tokens tokens;
    private final Effects effects;

    private final CallRates rates;
    private final Map<String, Kept> records = new LinkedHashMap<>();
    private final Set<String> locked = new HashSet<>();

    ZohoApi(Tokens tokens, Effects effects, CallRates rates) {
        this.tokens = tokens;
        this.effects = effects;
        this.rates = rates;
    }

    private record Kept(String module, String id, JsonNode fields) {}

    /** Somebody edits the record of this address in Zoho itself: nobody else may write it. */
    public synchronized void lock(String email) {
        locked.add(email);
    }

    synchronized void clear() {
        records.clear();
        locked.clear();
    }

    @Override
    public synchronized Answer answer(Call call) {
        if (call.header("authorization")
                .filter(value -> value.startsWith(SCHEME))
                .filter(value -> !call.path().startsWith("/zoho/eu/"))
                .filter(value -> tokens.accepts(Vendor.ZOHO, value.substring(SCHEME.length())))
                .isEmpty()) {
            throw error(401, "INVALID_TOKEN", "invalid oauth token");
        }
        if (!rates.take(Vendor.ZOHO, "organization")) {
            throw error(429, "TOO_MANY_REQUESTS", "You have made too many requests at a time");
        }
        Matcher search = SEARCH.matcher(call.path());
        if (search.matches() && call.method().equals("GET")) {
            return search(search.group(1), call.parameter("email").orElse(""));
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

    private Answer search(String module, String email) {
        List<ObjectNode> found = records.values().stream()
                .filter(known -> known.module().equals(module)
                        && Json.text(known.fields(), UNIQUE).equals(email))
                .map(known -> ((ObjectNode) known.fields()).deepCopy().put("id", known.id()))
                .toList();
        return found.isEmpty()
                ? Answer.empty(204)
                : Answer.json(200, Json.object().set("data", Json.MAPPER.valueToTree(found)));
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
        String email = Json.text(fields, UNIQUE);
        for (Map.Entry<String, Kept> known : records.entrySet()) {
            if (!email.isEmpty()
                    && !known.getKey().equals(key)
                    && known.getValue().module().equals(module)
                    && Json.text(known.getValue().fields(), UNIQUE).equals(email)) {
                ObjectNode failed = result("DUPLICATE_DATA", "error", "duplicate data");
                failed.putObject("details")
                        .put("api_name", UNIQUE)
                        .put("json_path", "$.data[0]." + UNIQUE)
                        .put("id", known.getValue().id());
                return failed;
            }
        }
        if (locked.contains(email)) {
            ObjectNode failed = result("RECORD_LOCKED", "error", "record is locked");
            failed.putObject("details");
            return failed;
        }
        Kept before = records.get(key);
        String id = before == null ? "36523970000098%05d".formatted(51001 + records.size()) : before.id();
        records.put(key, new Kept(module, id, fields));
        effects.keep(Vendor.ZOHO, key, fields.toString());
        ObjectNode done = result("SUCCESS", "success", before == null ? "record added" : "record updated");
        done.put("action", before == null ? "insert" : "update")
                .putObject("details")
                .put("id", id);
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
