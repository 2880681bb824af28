package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends the execution at once.
 *
 * @param frame what all steps have
 * @param failed whether as failed; else as completed
 * @param message why, with places to fill in; null: nothing is said
 */
public record StopStep(
        StepFrame frame, boolean failed, @Nullable Template message) implements Step {
    @Override
    public String type() {
        return STOP;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return message == null ? Map.of() : Map.of("/message", message.references());
    }
}
