package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcome of an attempt, reported by a worker before it gives up its lease. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = StepEvent.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = StepEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = StepEvent.AttemptFailed.class, name = "attempt_failed"),
    @JsonSubTypes.Type(value = StepEvent.Failed.class, name = "failed")
})
public sealed interface StepEvent {
    /**
     * The step is done.
     *
     * @param run the attempt
     * @param httpStatus status of the answer; null if the action is not a call
     * @param output what later steps read as {@code steps.ID.output}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Completed(StepRun run, @Nullable Integer httpStatus, Map<String, @Nullable Object> output)
            implements StepEvent {
        /** Copies the output, keeping its order. */
        public Completed {
            output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
        }
    }

    /**
     * The attempt failed and the job waits for the next one.
     *
     * @param run the attempt
     * @param error why
     * @param nextAttemptAt when the next one is due
     */
    record AttemptFailed(StepRun run, StepError error, Instant nextAttemptAt) implements StepEvent {}

    /**
     * The step failed for good: no attempt is left, or none would help.
     *
     * @param run the last attempt
     * @param error why
     */
    record Failed(StepRun run, StepError error) implements StepEvent {}

    /**
     * An outcome of a kind that a newer worker reports: it goes to the dead-letter topic, not away.
     *
     * @param type the kind's name on the wire
     */
    record Unknown(@Nullable String type) implements StepEvent {}
}
