package dev.automationengine.benchmarks;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A completed execution of the seed workflow.
 *
 * @param lead the lead it was for
 * @param recorded when dispatcher-service recorded it
 * @param firstAction when the first attempt at the CRM started
 * @param secondAction when the first attempt at WhatsApp started
 * @param completed when it ended
 */
record LeadRun(String lead, Instant recorded, Instant firstAction, Instant secondAction, Instant completed) {
    /** Reads an answer of {@code GET /v1/executions/ID}. */
    static LeadRun of(JsonNode execution) {
        return new LeadRun(
                execution.at("/trigger/lead_id").asString(),
                time(execution.path("created_at")),
                firstAttempt(execution, "step_2"),
                firstAttempt(execution, "step_3"),
                time(execution.path("finished_at")));
    }

    private static Instant firstAttempt(JsonNode execution, String step) {
        return execution
                .path("steps")
                .valueStream()
                .filter(each -> each.path("step_id").asString().equals(step))
                .map(each -> time(each.at("/attempts/0/started_at")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a completed execution without " + step));
    }

    private static Instant time(JsonNode text) {
        return Instant.parse(text.asString());
    }
}
