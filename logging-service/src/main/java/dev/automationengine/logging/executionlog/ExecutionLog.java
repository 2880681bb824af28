package dev.automationengine.logging.executionlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.logging.delivery.Delivery;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionSnapshot.Step;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an execution, as people read it and as the collection {@code execution_logs} keeps it.
 *
 * @param orgId the organization
 * @param executionId the execution
 * @param rev its revision
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
 * @param durationMs milliseconds from record to end; null before
 * @param failedStep the first step that failed; null if the execution did not
 * @param error the last error of that step; null if it was never tried
 * @param traceparent W3C trace context of the event
 * @param redriveOf the failed execution that this one takes up again; null: none
 * @param rerunOf the execution whose event this one runs again from the start; null: none
 * @param parent the step that started it; null: an event did
 * @param cancellation who stopped it and why; null unless it was cancelled
 * @param steps the steps in the order of the workflow
 * @param deliveries how far messages are that steps sent, by step; null in the collection, and where nothing was told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExecutionLog(
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
        @Nullable Long durationMs,
        @Nullable StepId failedStep,
        @Nullable StepError error,
        @Nullable String traceparent,
        @Nullable ExecutionId redriveOf,
        @Nullable ExecutionId rerunOf,
        ExecutionSnapshot.@Nullable Parent parent,
        @Nullable Cancellation cancellation,
        List<Step> steps,
        @Nullable Map<StepId, Delivery> deliveries) {

    static ExecutionLog of(ExecutionSnapshot s) {
        Instant end = s.finishedAt();
        Step failed = failedStep(s);
        return new ExecutionLog(
                s.orgId(),
                s.executionId(),
                s.rev(),
                s.workflowId(),
                s.workflowName(),
                s.workflowVersion(),
                s.eventId(),
                s.triggerType(),
                s.trigger(),
                s.status(),
                s.createdAt(),
                s.updatedAt(),
                end,
                end == null ? null : Duration.between(s.createdAt(), end).toMillis(),
                failed == null ? null : failed.stepId(),
                failed == null ? null : lastError(failed),
                s.traceparent(),
                s.redriveOf(),
                s.rerunOf(),
                s.parent(),
                s.cancellation(),
                s.steps(),
                null);
    }

    /** The same with what became of the messages that its steps sent. */
    ExecutionLog with(Map<StepId, Delivery> told) {
        return told.isEmpty()
                ? this
                : new ExecutionLog(
                        orgId,
                        executionId,
                        rev,
                        workflowId,
                        workflowName,
                        workflowVersion,
                        eventId,
                        triggerType,
                        trigger,
                        status,
                        createdAt,
                        updatedAt,
                        finishedAt,
                        durationMs,
                        failedStep,
                        error,
                        traceparent,
                        redriveOf,
                        rerunOf,
                        parent,
                        cancellation,
                        steps,
                        told);
    }

    private static @Nullable Step failedStep(ExecutionSnapshot snapshot) {
        if (snapshot.status() != ExecutionStatus.FAILED) {
            return null;
        }
        return snapshot.steps().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable StepError lastError(Step step) {
        return step.attempts().isEmpty() ? null : step.attempts().getLast().error();
    }
}
