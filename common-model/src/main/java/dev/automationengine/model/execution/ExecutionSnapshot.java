package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people read about an execution: all of it, after each change. The one with the higher revision holds, so it
 * does not matter how often or in which order snapshots arrive.
 *
 * @param orgId the organization
 * @param executionId the execution
 * @param rev grows with each change
 * @param workflowId the workflow
 * @param workflowName its name at the time
 * @param workflowVersion the version that it follows
 * @param eventId the event that started it
 * @param triggerType the type of the trigger
 * @param trigger what the steps read as {@code trigger}
 * @param status where it stands
 * @param createdAt when it was recorded
 * @param updatedAt when it changed last
 * @param finishedAt when it ended; null before
 * @param traceparent W3C trace context of the event
 * @param redriveOf the failed execution that this one takes up again; null: none
 * @param rerunOf the execution whose event this one runs again from the start; null: none
 * @param parent the step that started it; null: an event did
 * @param cancellation who stopped it and why; null unless it was cancelled
 * @param steps the steps in the order of the workflow
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecutionSnapshot(
        OrgId orgId,
        ExecutionId executionId,
        long rev,
        WorkflowId workflowId,
        String workflowName,
        int workflowVersion,
        EventId eventId,
        String triggerType,
        Map<String, @Nullable Object> trigger,
        ExecutionStatus status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable String traceparent,
        @Nullable ExecutionId redriveOf,
        @Nullable ExecutionId rerunOf,
        @Nullable Parent parent,
        @Nullable Cancellation cancellation,
        List<Step> steps) {
    /** Copies the steps. */
    public ExecutionSnapshot {
        steps = List.copyOf(steps);
    }

    /**
     * What started an execution that no event did.
     *
     * @param executionId the execution that waits for it
     * @param stepId the step of that
     * @param index for which of the step's items, from 0
     */
    public record Parent(ExecutionId executionId, StepId stepId, int index) {}

    /**
     * A step of it.
     *
     * @param stepId the step
     * @param type FILTER, ACTION, ...
     * @param action the action; null unless it is one
     * @param status where it stands
     * @param epoch 1, and one more for each redrive
     * @param input what the action was given, templates filled in; null before it was queued
     * @param output what it gave; null before
     * @param attempts every try, oldest first
     * @param startedAt start of the first attempt; null before
     * @param finishedAt end of the last attempt; null before
     * @param nextAttemptAt when the next try is due; null if none is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            StepId stepId,
            String type,
            @Nullable String action,
            StepStatus status,
            int epoch,
            @Nullable Map<String, @Nullable Object> input,
            @Nullable Map<String, @Nullable Object> output,
            List<Attempt> attempts,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant nextAttemptAt) {
        /** Copies the attempts. */
        public Step {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * One try.
     *
     * @param number 1 for the first
     * @param workerId who tried
     * @param startedAt when it began
     * @param finishedAt when it ended
     * @param httpStatus status of the answer; null if there was none
     * @param error why it failed; null if it did not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attempt(
            int number,
            String workerId,
            Instant startedAt,
            Instant finishedAt,
            @Nullable Integer httpStatus,
            @Nullable StepError error) {}
}
