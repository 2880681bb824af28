package dev.automationengine.systemtests.faults;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An execution that has ended, as the API tells it.
 *
 * @param id its id
 * @param lead whom it is for
 * @param status how it ended
 * @param finishedAt when
 * @param heldStep the step that waits for a person because nobody knows whether it was done
 * @param messageAttempts attempts on record of the action that must not be repeated
 * @param error why it failed, for people
 */
record Run(
        String id,
        String lead,
        String status,
        Instant finishedAt,
        @Nullable String heldStep,
        int messageAttempts,
        String error) {
    private static final String OUTCOME_UNKNOWN = "outcome_unknown";

    static Run of(JsonNode execution) {
        return new Run(
                execution.path("execution_id").asString(),
                execution.at("/trigger/lead_id").asString(),
                execution.path("status").asString(),
                Instant.parse(execution.path("finished_at").asString()),
                execution.at("/error/code").asString("").equals(OUTCOME_UNKNOWN)
                        ? execution.path("failed_step").asString()
                        : null,
                step(execution, "message")
                        .map(step -> step.path("attempts").size())
                        .orElse(0),
                execution.path("error").toString());
    }

    boolean completed() {
        return status.equals("completed");
    }

    /** The one action of the suite's workflows that may be held. */
    boolean held() {
        return status.equals("failed") && "message".equals(heldStep);
    }

    private static Optional<JsonNode> step(JsonNode execution, String id) {
        return execution
                .path("steps")
                .valueStream()
                .filter(step -> step.path("step_id").asString().equals(id))
                .findFirst();
    }
}
