package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs another workflow of the organization, in its newest version.
 *
 * @param frame what all steps have
 * @param workflowId the workflow, whose trigger is of type SUB_WORKFLOW
 * @param input what its steps read as {@code trigger}; an object
 * @param waits whether the step ends when the workflow has; else at once
 * @param timeout how long it may take; null: as long as it does
 */
public record SubWorkflowStep(
        StepFrame frame,
        WorkflowId workflowId,
        Template input,
        boolean waits,
        @Nullable Duration timeout) implements Step {
    @Override
    public String type() {
        return SUB_WORKFLOW;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return Map.of("/input", input.references());
    }
}
