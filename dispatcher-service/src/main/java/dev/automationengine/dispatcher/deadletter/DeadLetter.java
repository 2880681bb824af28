package dev.automationengine.dispatcher.deadletter;

import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;

/**
 * A step that failed for good.
 *
 * @param id the job: execution, step and epoch
 * @param orgId the organization
 * @param executionId the execution
 * @param workflowId the workflow
 * @param stepId the step
 * @param action what it should have done
 * @param error why it could not, and what to do about it
 * @param attempts how many tries there were; 0 if it never reached a worker
 * @param createdAt when it was recorded
 */
public record DeadLetter(
        JobId id,
        OrgId orgId,
        ExecutionId executionId,
        WorkflowId workflowId,
        StepId stepId,
        String action,
        StepError error,
        int attempts,
        Instant createdAt) {}
