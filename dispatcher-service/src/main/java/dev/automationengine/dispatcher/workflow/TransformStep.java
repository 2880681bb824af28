package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import java.util.List;
import java.util.Map;

/**
 * Makes data of data; the dispatcher does it itself.
 *
 * @param frame what all steps have
 * @param output what later steps read, an object with places to fill in
 */
public record TransformStep(StepFrame frame, Template output) implements Step {
    @Override
    public String type() {
        return TRANSFORM;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return Map.of("/output", output.references());
    }
}
