package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * What a job in Redis says beside its id and organization: ids only, never content.
 *
 * @param workflowId the workflow, for logs
 * @param action the action, for metrics
 * @param traceparent W3C trace context of the message that caused the job
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobReference(
        WorkflowId workflowId, String action, @Nullable String traceparent) {}
