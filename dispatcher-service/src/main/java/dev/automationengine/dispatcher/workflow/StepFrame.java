package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.model.id.StepId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all steps have, whatever they do.
 *
 * @param id its name, unique in the workflow
 * @param needs what must have been passed before it starts; none: it starts with the execution
 * @param join whether all of that, or the first
 * @param runIf it runs only if this holds, else it is passed over; null: always
 * @param onError what follows when it fails for good
 */
public record StepFrame(
        StepId id, List<Need> needs, Join join, @Nullable Condition runIf, OnError onError) {
    /** Copies the needs. */
    public StepFrame {
        needs = List.copyOf(needs);
    }

    /** A step that starts when others have been passed, with nothing special about it. */
    public static StepFrame after(StepId id, List<StepId> before) {
        return new StepFrame(
                id, before.stream().map(each -> new Need(each, null)).toList(), Join.ALL, null, new OnError.Fail());
    }
}
