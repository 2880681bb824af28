package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a step: the outcome of an attempt, reported by a worker before it gives up its lease, or the answer
 * that a waiting step waited for.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = StepEvent.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = StepEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = StepEvent.AttemptFailed.class, name = "attempt_failed"),
    @JsonSubTypes.Type(value = StepEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = StepEvent.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = StepEvent.ChildEnded.class, name = "child_ended")
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
     * What a waiting step waited for has come: a callback, a person's decision, an event. The first answer holds.
     *
     * @param jobId the step that waited
     * @param orgId the organization
     * @param at when it came
     * @param by who answered: {@code callback}, {@code link}, or the id of an event
     * @param approver which of the step's approvers the link was made for, 0 for the first; null: none in particular
     * @param output what later steps read as {@code steps.ID.output}; of a decision {@link #DECISION} and
     *     {@link #COMMENT}
     * @param traceparent W3C trace context of the answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Resumed(
            JobId jobId,
            OrgId orgId,
            Instant at,
            String by,
            @Nullable Integer approver,
            Map<String, @Nullable Object> output,
            @Nullable String traceparent)
            implements StepEvent {
        /** Member of a decision's output: {@link #APPROVED} or {@link #REJECTED}. */
        public static final String DECISION = "decision";

        /** Member of a decision's output: what the person wrote; absent if nothing. */
        public static final String COMMENT = "comment";

        /** A decision. */
        public static final String APPROVED = "approved";

        /** A decision. */
        public static final String REJECTED = "rejected";

        /** Copies the output, keeping its order. */
        public Resumed {
            output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
        }
    }

    /**
     * An execution that the step has started, for an item or as a workflow of its own, has ended.
     *
     * @param jobId the step that started it
     * @param orgId the organization
     * @param index which of the step's items, from 0
     * @param child the execution
     * @param status how it ended
     * @param output what it gave; empty if it failed
     * @param error why it failed; null if it did not
     * @param at when it ended
     * @param traceparent W3C trace context of the execution
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChildEnded(
            JobId jobId,
            OrgId orgId,
            int index,
            ExecutionId child,
            ExecutionStatus status,
            Map<String, @Nullable Object> output,
            @Nullable StepError error,
            Instant at,
            @Nullable String traceparent)
            implements StepEvent {
        /** Copies the output, keeping its order. */
        public ChildEnded {
            output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
        }
    }

    /**
     * An outcome of a kind that a newer worker reports: it goes to the dead-letter topic, not away.
     *
     * @param type the kind's name on the wire
     */
    record Unknown(@Nullable String type) implements StepEvent {}

    /** What it is about; null for an event of a kind that is not known. */
    default @Nullable Subject subject() {
        return switch (this) {
            case Completed completed -> Subject.of(completed.run());
            case AttemptFailed failed -> Subject.of(failed.run());
            case Failed failed -> Subject.of(failed.run());
            case Resumed resumed -> new Subject(resumed.jobId(), resumed.orgId(), resumed.traceparent());
            case ChildEnded ended -> new Subject(ended.jobId(), ended.orgId(), ended.traceparent());
            case Unknown unknown -> null;
        };
    }

    /**
     * What an event is about.
     *
     * @param jobId execution, step and epoch
     * @param orgId the organization
     * @param traceparent W3C trace context
     */
    record Subject(JobId jobId, OrgId orgId, @Nullable String traceparent) {
        private static Subject of(StepRun run) {
            return new Subject(run.jobId(), run.orgId(), run.traceparent());
        }
    }
}
