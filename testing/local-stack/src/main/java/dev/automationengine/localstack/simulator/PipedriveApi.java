package dev.automationengine.localstack.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pipedrive's persons (API v2): search, insert, update, and the list by the time of change. Knows no duplicates: an address may
 * be given to any number of persons.
 *
 * @see <a href="https://developers.pipedrive.com/docs/api/v1/Persons">Pipedrive: persons</a>
 */
public final class PipedriveApi implements VendorApi {
    /** A custom field that the company has. */
    public static final String CUSTOM_FIELD = "946947d1b02fd3ef20798d6112ec5d895a686a21";

    private static final Pattern PERSON = Pattern.compile("/pipedrive/api/v2/persons/(\\d+)");
    private static final Set<String> MEMBERS =
            Set.of("name", "emails", "phones", "custom_fields", "owner_id", "org_id", "label_ids", "visible_to");
    private static final Set<String> SEARCHED = Set.of("email", "phone", "name");
    /** How often 429 is answered before the page. */
    private static final int PATIENCE = 2;

    private static final int LARGEST_PAGE = 500;

    private final Tokens tokens;
    private final Effects effects;
    private final InstantSource clock;
    private final Map<Long, Person> persons = new LinkedHashMap<>();
    private int budget = Integer.MAX_VALUE;
    private int refusals;

    PipedriveApi(Tokens tokens, Effects effects, InstantSource clock) {
        this.tokens = tokens;
        this.effects = effects;
        this.clock = clock;
    }

    private record Person(long id, ObjectNode fields, Instant added, Instant updated) {
        ObjectNode json() {
            ObjectNode json = Json.object().put("id", id);
            json.setAll(fields);
            return json.put("add_time", added.toString()).put("update_time", updated.toString());
        }
    }

    /** A person is made in Pipedrive itself. */
    public synchronized long add(String name, String email) {
        ObjectNode fields = Json.object().put("name", name);
        fields.putArray("emails").addObject().put("value", email).put("primary", true);
        return store(persons.size() + 1L, fields).id();
    }

    /** A person is changed in Pipedrive itself. */
    public synchronized void rename(long id, String name) {
        Person before = persons.get(id);
        if (before == null) {
            throw new IllegalArgumentException("no person " + id);
        }
        store(id, before.fields().deepCopy().put("name", name));
    }

    /** How many more calls the company has today; after that 429, and a page with 403 for who goes on all the same. */
    public synchronized void budget(int calls) {
        budget = calls;
        refusals = 0;
    }

    synchronized void clear() {
        persons.clear();
        budget(Integer.MAX_VALUE);
    }

    private void spend() {
        if (budget > 0) {
            budget--;
            return;
        }
        refusals++;
        if (refusals > PATIENCE) {
            throw new Refused(Answer.text(
                    403,
                    Map.of(),
                    "text/html; charset=UTF-8",
                    "<!DOCTYPE html><html><body><h1>Access denied</h1></body></html>"));
        }
        throw new Refused(Answer.json(
                429,
                Map.of("x-daily-requests-left", "0"),
                Json.object()
                        .put("success", false)
                        .put("error", "request over limit")
                        .put("error_info", "Please check developers.pipedrive.com")));
    }

    @Override
    public synchronized Answer answer(Call call) {
        boolean known = call.header("x-api-token")
                        .filter(token -> tokens.registered(Vendor.PIPEDRIVE, token))
                        .isPresent()
                || call.bearer()
                        .filter(token -> tokens.granted(Vendor.PIPEDRIVE, token))
                        .isPresent();
        if (!known) {
            throw error(401, "unauthorized access");
        }
        spend();
        Matcher one = PERSON.matcher(call.path());
        String route = call.method() + " " + call.path();
        if (route.equals("GET /pipedrive/api/v2/persons/search")) {
            return search(call);
        }
        if (route.equals("GET /pipedrive/api/v2/persons")) {
            return list(call);
        }
        if (route.equals("POST /pipedrive/api/v2/persons")) {
            ObjectNode fields = fields(call);
            if (Json.text(fields, "name").isBlank()) {
                throw error(400, "name: is required");
            }
            return written(201, store(persons.size() + 1L, fields));
        }
        if (call.method().equals("PATCH") && one.matches()) {
            Person before = persons.get(Long.parseLong(one.group(1)));
            if (before == null) {
                throw error(404, "Person not found");
            }
            ObjectNode merged = before.fields().deepCopy();
            merged.setAll(fields(call));
            return written(200, store(before.id(), merged));
        }
        throw error(404, "Unknown method .");
    }

    private Answer search(Call call) {
        String term = call.parameter("term").orElse("");
        String field = call.parameter("fields").orElse("");
        if (term.length() < 2 || !SEARCHED.contains(field)) {
            throw error(400, "term: must be at least 2 characters long");
        }
        ObjectNode answer = Json.object().put("success", true);
        var items = answer.putObject("data").putArray("items");
        persons.values().stream()
                .filter(person -> values(person.fields(), field).stream().anyMatch(term::equalsIgnoreCase))
                .limit(Integer.parseInt(call.parameter("limit").orElse("100")))
                .forEach(person -> items.addObject().put("result_score", 1.0).set("item", person.json()));
        return Answer.json(200, answer);
    }

    private static List<String> values(ObjectNode fields, String field) {
        return field.equals("name")
                ? List.of(Json.text(fields, "name"))
                : fields.path(field + "s")
                        .valueStream()
                        .map(entry -> Json.text(entry, "value"))
                        .toList();
    }

    private Answer list(Call call) {
        int limit = Integer.parseInt(call.parameter("limit").orElse("100"));
        int from = Integer.parseInt(call.parameter("cursor").orElse("0"));
        if (limit > LARGEST_PAGE
                || !call.parameter("sort_by").orElse("id").equals("update_time")
                || !call.parameter("sort_direction").orElse("asc").equals("asc")) {
            throw error(400, "sort_by: must be one of id, update_time, add_time");
        }
        Instant since =
                call.parameter("updated_since").map(PipedriveApi::wholeSeconds).orElse(Instant.EPOCH);
        List<Person> found = new ArrayList<>(persons.values().stream()
                .filter(person -> !person.updated().isBefore(since))
                .sorted(Comparator.comparing(Person::updated).thenComparing(Person::id))
                .toList());
        ObjectNode answer = Json.object().put("success", true);
        var data = answer.putArray("data");
        int to = Math.min(from + limit, found.size());
        found.subList(Math.min(from, to), to).forEach(person -> data.add(person.json()));
        ObjectNode additional = answer.putObject("additional_data");
        if (to < found.size()) {
            additional.put("next_cursor", Integer.toString(to));
        } else {
            additional.putNull("next_cursor");
        }
        return Answer.json(200, answer);
    }

    private static Instant wholeSeconds(String text) {
        if (!text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z")) {
            throw error(400, "updated_since: must be in RFC 3339 format");
        }
        return Instant.parse(text);
    }

    private ObjectNode fields(Call call) {
        JsonNode body = Json.parse(call.body())
                .filter(json -> json.isObject() && call.hasContentType("application/json"))
                .orElseThrow(() -> error(400, "Bad request"));
        body.propertyNames().forEach(name -> {
            if (!MEMBERS.contains(name)) {
                throw error(400, name + ": is not allowed");
            }
        });
        body.path("custom_fields").propertyNames().forEach(name -> {
            if (!name.equals(CUSTOM_FIELD)) {
                throw error(400, "custom_fields: unknown field " + name);
            }
        });
        return (ObjectNode) body;
    }

    private Person store(long id, ObjectNode fields) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Person before = persons.get(id);
        Person person = new Person(id, fields, before == null ? now : before.added(), now);
        persons.put(id, person);
        boolean fresh = effects.keep(Vendor.PIPEDRIVE, Long.toString(id), fields.toString());
        if (fresh != (before == null)) {
            throw new IllegalStateException("the ledger of effects was cleared alone");
        }
        return person;
    }

    private static Answer written(int status, Person person) {
        return Answer.json(status, Json.object().put("success", true).set("data", person.json()));
    }

    private static Refused error(int status, String why) {
        return new Refused(Answer.json(
                status,
                Json.object()
                        .put("success", false)
                        .put("error", why)
                        .put("error_info", "Please check developers.pipedrive.com")));
    }
}
