package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contacts of an account with their times, and HubSpot's search in them, which shows a contact some seconds late if it is
 * told so. Thread-safe.
 *
 * @see <a href="https://developers.hubspot.com/docs/api/crm/search">HubSpot: search</a>
 */
public final class HubSpotContacts {
    private static final int LARGEST_PAGE = 200;
    private static final int MOST_RESULTS = 10_000;
    private static final Map<String, Function<Contact, Instant>> TIMES =
            Map.of("createdate", Contact::createdAt, "lastmodifieddate", Contact::updatedAt);
    private static final Set<String> OPERATORS = Set.of("GTE", "GT");

    private final Map<String, Contact> byId = new LinkedHashMap<>();
    private final InstantSource clock;
    private Duration lag = Duration.ZERO;

    HubSpotContacts(InstantSource clock) {
        this.clock = clock;
    }

    private record Contact(String id, JsonNode properties, Instant createdAt, Instant updatedAt) {}

    /** Makes search blind for what changed within this time. */
    public synchronized void searchLag(Duration time) {
        lag = time;
    }

    /** A contact is made or changed in HubSpot itself. */
    public synchronized void put(String id, Map<String, String> properties) {
        store(id, Json.MAPPER.valueToTree(properties));
    }

    synchronized void store(String id, JsonNode properties) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Contact before = byId.get(id);
        byId.put(id, new Contact(id, properties, before == null ? now : before.createdAt(), now));
    }

    /** The id of the contact that has this value. */
    synchronized Optional<String> find(String property, String value) {
        return byId.values().stream()
                .filter(contact -> Json.text(contact.properties(), property).equalsIgnoreCase(value))
                .map(Contact::id)
                .findFirst();
    }

    /** What a contact's properties would be with these changed; empty if there is no such contact. */
    synchronized Optional<JsonNode> merged(String id, JsonNode changes) {
        return Optional.ofNullable(byId.get(id)).map(contact -> {
            ObjectNode merged = ((ObjectNode) contact.properties()).deepCopy();
            changes.properties().forEach(change -> merged.set(change.getKey(), change.getValue()));
            return merged;
        });
    }

    synchronized void clear() {
        byId.clear();
        lag = Duration.ZERO;
    }

    /** Answers a search for contacts since a time, the oldest first; empty if HubSpot would refuse it. */
    synchronized @Nullable ObjectNode search(JsonNode request) {
        JsonNode filter = request.at("/filterGroups/0/filters/0");
        JsonNode sort = request.at("/sorts/0");
        Function<Contact, Instant> time = TIMES.get(Json.text(filter, "propertyName"));
        String value = filter.path("value").asString("");
        int limit = request.path("limit").asInt(10);
        String after = request.path("after").asString("0");
        if (time == null
                || !OPERATORS.contains(Json.text(filter, "operator"))
                || !value.matches("\\d{1,15}")
                || !Json.text(sort, "propertyName").equals(Json.text(filter, "propertyName"))
                || !Json.text(sort, "direction").equals("ASCENDING")
                || limit < 1
                || limit > LARGEST_PAGE
                || !after.matches("\\d{1,9}")
                || Integer.parseInt(after) + limit > MOST_RESULTS) {
            return null;
        }
        Instant since = Instant.ofEpochMilli(Long.parseLong(value));
        Instant visible = clock.instant().minus(lag);
        Predicate<Contact> wanted = contact ->
                !time.apply(contact).isBefore(since) && !contact.updatedAt().isAfter(visible);
        List<Contact> found = new ArrayList<>(byId.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(time).thenComparing(Contact::id))
                .toList());
        int from = Math.min(Integer.parseInt(after), found.size());
        int to = Math.min(from + limit, found.size());
        return page(found, from, to);
    }

    private static ObjectNode page(List<Contact> found, int from, int to) {
        ObjectNode answer = Json.object().put("total", found.size());
        var results = answer.putArray("results");
        for (Contact contact : found.subList(from, to)) {
            results.addObject()
                    .put("id", contact.id())
                    .put("createdAt", contact.createdAt().toString())
                    .put("updatedAt", contact.updatedAt().toString())
                    .put("archived", false)
                    .set("properties", contact.properties());
        }
        if (to < found.size()) {
            answer.putObject("paging").putObject("next").put("after", Integer.toString(to));
        }
        return answer;
    }
}
