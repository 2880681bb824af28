package dev.automationengine.dispatcher.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that failed for good, until a person has decided what becomes of it.
 *
 * @param id the job: execution, step and epoch
 * @param orgId the organization
 * @param executionId the execution
 * @param workflowId the workflow
 * @param stepId the step
 * @param action what it should have done
 * @param error why it could not, what was asked and answered (secrets masked), and what to do about it
 * @param attempts how many tries there were; 0 if it never reached a worker
 * @param createdAt when it was recorded
 * @param status what became of it
 * @param resolution who decided so; null while it is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        JobId id,
        OrgId orgId,
        ExecutionId executionId,
        WorkflowId workflowId,
        StepId stepId,
        String action,
        StepError error,
        int attempts,
        Instant createdAt,
        Status status,
        @Nullable Resolution resolution) {
    /** One that nobody has looked at. */
    public static DeadLetter open(
            JobId id, OrgId org, WorkflowId workflow, String action, StepError error, int attempts, Instant now) {
        return new DeadLetter(
                id, org, id.execution(), workflow, id.step(), action, error, attempts, now, Status.OPEN, null);
    }

    /** What became of it. */
    public enum Status {
        /** Waits for a person. */
        @JsonProperty("open")
        OPEN,
        /** Another execution has taken it up. */
        @JsonProperty("redriven")
        REDRIVEN,
        /** It is to stay undone. */
        @JsonProperty("discarded")
        DISCARDED
    }

    /**
     * A person's decision.
     *
     * @param by who: the id of a user or an API key
     * @param at when
     * @param reason why it was discarded; null otherwise
     * @param executionId the execution that took it up; null if it was discarded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resolution(
            String by,
            Instant at,
            @Nullable String reason,
            @Nullable ExecutionId executionId) {}
}
