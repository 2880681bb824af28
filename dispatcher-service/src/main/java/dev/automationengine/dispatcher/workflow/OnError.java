package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.StepId;

/** What follows when a step fails for good. */
public sealed interface OnError {
    /** The execution fails, and a dead letter is written. */
    record Fail() implements OnError {}

    /** What depends on the step goes on, and may read {@code steps.ID.error}. */
    record Continue() implements OnError {}

    /**
     * Another step starts; what depends on the failed one is skipped.
     *
     * @param target the step, which starts for no other reason
     */
    record GoTo(StepId target) implements OnError {}
}
