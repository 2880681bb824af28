package dev.automationengine.dispatcher.deadletter;

import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is null is not asked for.
 *
 * @param workflowId of a workflow
 * @param executionId of an execution
 * @param stepId of a step
 * @param action of an action
 * @param errorClass of a kind of failure
 * @param errorCode with a code
 * @param from recorded at this time or later
 * @param to recorded before this time
 */
public record DeadLetterFilter(
        @Nullable WorkflowId workflowId,
        @Nullable ExecutionId executionId,
        @Nullable StepId stepId,
        @Size(max = 100) @Nullable String action,
        @Nullable ErrorClass errorClass,
        @Size(max = 200) @Nullable String errorCode,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Asks for nothing. */
    public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null, null, null, null);
}
