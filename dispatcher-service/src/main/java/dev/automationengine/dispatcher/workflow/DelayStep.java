package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import java.util.List;
import java.util.Map;

/**
 * Waits. The time is kept by the job queue, or by MongoDB where it is long, so it costs nothing and survives every
 * restart.
 *
 * @param frame what all steps have
 * @param lasts until when
 */
public record DelayStep(StepFrame frame, Wait lasts) implements Step {
    @Override
    public String type() {
        return DELAY;
    }

    @Override
    public String actionName() {
        return DELAY;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return lasts instanceof Wait.Until(Template time) ? Map.of("/until", time.references()) : Map.of();
    }
}
