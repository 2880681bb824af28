package dev.automationengine.systemtests.faults;

import dev.automationengine.localstack.load.LeadSeries;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What the simulated third parties did for good.
 *
 * @param contacts number of contacts by e-mail address
 * @param messages number of messages by lead
 * @param documents what was put, by path
 */
record Ledger(Map<String, Long> contacts, Map<String, Long> messages, Map<String, JsonNode> documents) {
    static Ledger read(Fleet fleet) {
        JsonNode effects = Http.send("GET", fleet.simulator("/control/effects?limit=" + Integer.MAX_VALUE), null, null)
                .body();
        return new Ledger(
                count(
                        effects.required("contacts"),
                        contact -> contact.at("/fields/email").asString("")),
                count(
                        effects.required("messages"),
                        message -> LeadSeries.leadOfPhone(message.path("to").asString(""))),
                effects.required("documents").properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    long contactsOf(String lead) {
        return contacts.getOrDefault(LeadSeries.email(lead), 0L);
    }

    long messagesTo(String lead) {
        return messages.getOrDefault(lead, 0L);
    }

    /** Whether both documents of a lead are there as they have to be. */
    boolean documentsAreRight(String lead) {
        return isBody(document("first", lead), Map.of("lead", lead))
                && isBody(document("second", lead), Map.of("lead", lead, "after", 200));
    }

    /** How often a document of a lead was changed after it had been made. */
    int documentChanges(String lead) {
        return document("first", lead).path("changes").asInt(0)
                + document("second", lead).path("changes").asInt(0);
    }

    private JsonNode document(String step, String lead) {
        return documents.getOrDefault("/echo/" + step + "/" + lead, MissingNode.getInstance());
    }

    private static boolean isBody(JsonNode document, Map<String, Object> expected) {
        return document.has("body")
                && Json.MAPPER
                        .readTree(document.path("body").asString())
                        .equals(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(expected)));
    }

    private static Map<String, Long> count(JsonNode effects, Function<JsonNode, String> key) {
        return effects.valueStream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }
}
