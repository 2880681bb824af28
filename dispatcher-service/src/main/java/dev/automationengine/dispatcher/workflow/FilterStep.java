package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Reference;
import java.util.List;
import java.util.Map;

/**
 * Lets an execution go on only if a condition holds; the dispatcher decides it itself.
 *
 * @param frame what all steps have
 * @param condition what must hold
 */
public record FilterStep(StepFrame frame, Condition condition) implements Step {
    @Override
    public String type() {
        return FILTER;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return Map.of("/condition", condition.references());
    }
}
