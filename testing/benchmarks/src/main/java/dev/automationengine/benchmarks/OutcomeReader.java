package dev.automationengine.benchmarks;

import dev.automationengine.localstack.demo.EngineClient;
import dev.automationengine.localstack.load.LeadSeries;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads what became of leads: from the fleet's API, and from the ledger of the simulated third parties. */
final class OutcomeReader {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 500;
    private static final int PAGE = 200;

    private final BenchOrganization organization;
    private final EngineClient simulators;

    OutcomeReader(BenchOrganization organization, EngineClient simulators) {
        this.organization = organization;
        this.simulators = simulators;
    }

    /**
     * Waits until so many executions of the organization are completed, at most a minute, and reads those of the leads.
     *
     * @param executions how many there have to be, with those of a warm-up
     * @param leads whose executions are wanted
     */
    Outcome read(int executions, Set<String> leads) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> completed = completed();
        while (completed.size() < executions && System.nanoTime() < end) {
            pause();
            completed = completed();
        }
        List<LeadRun> runs = completed.stream()
                .map(id -> LeadRun.of(organization.engine().get("/v1/executions/" + id)))
                .filter(run -> leads.contains(run.lead()))
                .toList();
        JsonNode effects = simulators.get("/control/effects?limit=" + Integer.MAX_VALUE);
        return new Outcome(
                runs,
                count(
                        effects.path("contacts"),
                        contact -> contact.at("/fields/email").asString("")),
                count(
                        effects.path("messages"),
                        message -> LeadSeries.leadOfPhone(message.path("to").asString(""))));
    }

    private Set<String> completed() {
        Set<String> ids = new LinkedHashSet<>();
        String cursor = "";
        do {
            JsonNode page = organization
                    .engine()
                    .get("/v1/executions?status=completed&workflow_id=" + organization.workflowId() + "&limit=" + PAGE
                            + cursor);
            page.path("items").forEach(item -> ids.add(item.path("execution_id").asString()));
            cursor = page.path("next_cursor").isString()
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static Map<String, Long> count(JsonNode effects, Function<JsonNode, String> key) {
        return effects.valueStream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
