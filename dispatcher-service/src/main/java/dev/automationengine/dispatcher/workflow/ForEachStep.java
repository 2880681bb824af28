package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does some steps for each item of a list. Every item is an execution of its own, of the same version.
 *
 * @param frame what all steps have
 * @param items gives the list
 * @param with what the steps read as {@code with} beside {@code item} and {@code index}; an object
 * @param concurrency how many items are under way at most
 * @param goesOn whether an item that fails leaves the others alone; else it fails the step
 * @param timeout how long all items together may take; null: as long as they do
 * @param body the steps; what it gives for an item is its {@link Definition#result()}
 */
public record ForEachStep(
        StepFrame frame,
        Template items,
        Template with,
        int concurrency,
        boolean goesOn,
        @Nullable Duration timeout,
        Definition body)
        implements Step {
    /** The most items. */
    public static final int MAX_ITEMS = 1_000;

    @Override
    public String type() {
        return FOR_EACH;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return Map.of("/items", items.references(), "/with", with.references());
    }
}
