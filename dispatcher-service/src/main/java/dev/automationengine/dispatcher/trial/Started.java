package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.Redrive;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * An execution that was started by hand.
 *
 * @param executionId the execution, readable at {@code /v1/executions/ID}
 * @param workflowId what it follows
 * @param workflowVersion in which version
 * @param status where it stands
 * @param rerunOf what it runs again from the start; absent: nothing
 * @param redriveOf what it goes on with; absent: nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Started(
        ExecutionId executionId,
        WorkflowId workflowId,
        int workflowVersion,
        ExecutionStatus status,
        @Nullable ExecutionId rerunOf,
        @Nullable ExecutionId redriveOf) {
    static ResponseEntity<Started> answer(Execution execution) {
        Redrive redrive = execution.redrive();
        boolean rerun = redrive != null && redrive.isRerun(execution.id());
        ExecutionId of = redrive == null ? null : redrive.of();
        Started started = new Started(
                execution.id(),
                execution.workflowId(),
                execution.workflowVersion(),
                execution.status(),
                rerun ? of : null,
                rerun ? null : of);
        return ResponseEntity.accepted()
                .location(URI.create("/v1/executions/" + execution.id()))
                .body(started);
    }
}
