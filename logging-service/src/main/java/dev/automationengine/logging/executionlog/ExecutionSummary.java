package dev.automationengine.logging.executionlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution in a list: no payloads, nothing that a third party answered.
 *
 * @param executionId the execution
 * @param rev its revision
 * @param workflowId the workflow
 * @param workflowName its name at the time
 * @param workflowVersion the version that it follows
 * @param eventId the event that started it
 * @param triggerType the type of the trigger
 * @param status where it stands
 * @param createdAt when it was recorded
 * @param updatedAt when it changed last
 * @param finishedAt when it ended; null before
 * @param durationMs milliseconds from record to end; null before
 * @param failedStep the first step that failed; null if the execution did not
 * @param error the last error of that step, without request and answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExecutionSummary(
        ExecutionId executionId,
        long rev,
        WorkflowId workflowId,
        String workflowName,
        int workflowVersion,
        EventId eventId,
        String triggerType,
        ExecutionStatus status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMs,
        @Nullable StepId failedStep,
        @Nullable StepError error) {
    /** The members that MongoDB has to give for it. */
    static final List<String> FIELDS = List.of(
            "rev",
            "workflow_id",
            "workflow_name",
            "workflow_version",
            "event_id",
            "trigger_type",
            "status",
            "created_at",
            "updated_at",
            "finished_at",
            "duration_ms",
            "failed_step",
            "error.error_class",
            "error.code",
            "error.message",
            "error.http_status",
            "error.advice");
}
