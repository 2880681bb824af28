package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a step.
 *
 * @param orgId the organization
 * @param workflowId the workflow
 * @param jobId execution, step and epoch
 * @param attempt 1 for the first try
 * @param fence grows with each claim of the job: of two reports on one attempt the one with the lower fence is stale
 * @param workerId the worker that tried
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param traceparent W3C trace context of the attempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepRun(
        OrgId orgId,
        WorkflowId workflowId,
        JobId jobId,
        int attempt,
        long fence,
        String workerId,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String traceparent) {}
