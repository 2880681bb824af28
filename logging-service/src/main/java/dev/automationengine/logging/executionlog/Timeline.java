package dev.automationengine.logging.executionlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.logging.delivery.Delivery;
import dev.automationengine.model.execution.ExecutionSnapshot.Attempt;
import dev.automationengine.model.execution.ExecutionSnapshot.Step;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in an execution.
 *
 * @param items the oldest first
 */
record Timeline(List<Entry> items) {
    /** Copies the entries. */
    Timeline {
        items = List.copyOf(items);
    }

    /** Reads it off what is known of the execution; of what happened at the same time, in the order of the workflow. */
    static List<Entry> entries(ExecutionLog log) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(log.createdAt(), Kind.EXECUTION_RECORDED, null, null, null, null, null));
        log.steps().forEach(step -> add(step, entries));
        Map<StepId, Delivery> deliveries = log.deliveries();
        if (deliveries != null) {
            deliveries.forEach((step, told) -> entries.add(
                    new Entry(told.at(), Kind.MESSAGE_TOLD_OF, step, name(told.status()), null, null, null)));
        }
        entries.sort(Comparator.comparing(Entry::at));
        Instant end = log.finishedAt();
        if (end != null) {
            // Last, though a worker that was under way reports after a cancellation.
            entries.add(new Entry(end, Kind.EXECUTION_ENDED, null, name(log.status()), null, null, null));
        }
        return entries;
    }

    private static void add(Step step, List<Entry> entries) {
        Instant start = step.startedAt();
        if (start != null) {
            entries.add(new Entry(start, Kind.STEP_STARTED, step.stepId(), null, null, null, null));
        }
        for (Attempt attempt : step.attempts()) {
            entries.add(new Entry(
                    attempt.finishedAt(),
                    attempt.error() == null ? Kind.ATTEMPT_SUCCEEDED : Kind.ATTEMPT_FAILED,
                    step.stepId(),
                    null,
                    attempt.number(),
                    attempt.httpStatus(),
                    attempt.error()));
        }
        Instant end = step.finishedAt();
        if (step.status().terminal() && end != null) {
            entries.add(new Entry(end, Kind.STEP_ENDED, step.stepId(), name(step.status()), null, null, null));
        }
        Instant next = step.nextAttemptAt();
        if (!step.status().terminal() && next != null) {
            entries.add(new Entry(next, Kind.NEXT_ATTEMPT_DUE, step.stepId(), name(step.status()), null, null, null));
        }
    }

    private static String name(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /**
     * One thing that happened, or is due.
     *
     * @param at when
     * @param kind what
     * @param stepId of which step; null: of the execution
     * @param status where the step, message or execution stood then; null where the kind says it
     * @param attempt number of the attempt; null unless it is one
     * @param httpStatus status of the third party's answer; null if there was none
     * @param error why the attempt failed; null if it did not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            Instant at,
            Kind kind,
            @Nullable StepId stepId,
            @Nullable String status,
            @Nullable Integer attempt,
            @Nullable Integer httpStatus,
            @Nullable StepError error) {}

    /** What can happen. */
    enum Kind {
        /** The execution was recorded. */
        @JsonProperty("execution_recorded")
        EXECUTION_RECORDED,
        /** The first attempt of a step began. */
        @JsonProperty("step_started")
        STEP_STARTED,
        /** An attempt ended well. */
        @JsonProperty("attempt_succeeded")
        ATTEMPT_SUCCEEDED,
        /** An attempt failed. */
        @JsonProperty("attempt_failed")
        ATTEMPT_FAILED,
        /** The next attempt, or what a step waits for, is due then. */
        @JsonProperty("next_attempt_due")
        NEXT_ATTEMPT_DUE,
        /** The third party told how far a message is that the step sent. */
        @JsonProperty("message_told_of")
        MESSAGE_TOLD_OF,
        /** A step reached its last status. */
        @JsonProperty("step_ended")
        STEP_ENDED,
        /** The execution reached its last status. */
        @JsonProperty("execution_ended")
        EXECUTION_ENDED
    }
}
