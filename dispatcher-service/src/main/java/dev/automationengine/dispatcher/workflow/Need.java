package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.StepId;
import org.jspecify.annotations.Nullable;

/**
 * What has to come before a step: another one, or one way out of it.
 *
 * @param step the step that has to be passed
 * @param port the way by which it has to be left, for instance the name of a branch; null: any
 */
public record Need(StepId step, @Nullable String port) {
    /**
     * Reads {@code step} or {@code step.port}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    static Need parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new Need(new StepId(text), null);
        }
        // A port is named like a step.
        StepId port = new StepId(text.substring(dot + 1));
        return new Need(new StepId(text.substring(0, dot)), port.value());
    }

    @Override
    public String toString() {
        return port == null ? step.value() : step + "." + port;
    }
}
