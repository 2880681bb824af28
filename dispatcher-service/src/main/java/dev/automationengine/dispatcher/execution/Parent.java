package dev.automationengine.dispatcher.execution;

import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;

/**
 * What started an execution that no event did: a step of another one.
 *
 * @param execution the execution that waits for it
 * @param step the step of that
 * @param epoch of the step
 * @param index for which of the step's items, from 0
 * @param part which part of the version it follows: names of FOR_EACH steps from the outside in; empty: all of it
 * @param depth how many executions stand above it
 * @param waits whether the step wants to hear of its end
 * @param effectKey what the effects of the step are known by, see {@link Execution#effectKey}
 */
public record Parent(
        ExecutionId execution,
        StepId step,
        int epoch,
        int index,
        String part,
        int depth,
        boolean waits,
        String effectKey) {
    /** The most executions above one: a workflow that runs itself comes to an end. */
    static final int MAX_DEPTH = 5;

    /** The step of the parent. */
    JobId job() {
        return new JobId(execution, step, epoch);
    }

    /** Whether it is an item of a list, with {@code item}, {@code index} and {@code with} in the place of a trigger. */
    public boolean isItem() {
        return !part.isEmpty();
    }
}
