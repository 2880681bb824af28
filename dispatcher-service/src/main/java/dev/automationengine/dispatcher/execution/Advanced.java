package dev.automationengine.dispatcher.execution;

import java.util.List;

/**
 * What {@link Advance} decided.
 *
 * @param next the execution after it; the very same object if nothing changed
 * @param decisions what has to be done, after {@code next} is stored. If nothing changed: what should have been done
 *     when it did, in case whoever stored the change died before doing it
 * @param changed whether {@code next} has to be stored
 */
public record Advanced(Execution next, List<Decision> decisions, boolean changed) {
    /** Copies the decisions. */
    public Advanced {
        decisions = List.copyOf(decisions);
    }
}
