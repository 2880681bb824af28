package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.Trigger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a workflow says, checked and compiled. Immutable, shared by all executions of the version.
 *
 * @param name what people call it
 * @param trigger what starts it
 * @param steps its steps in the order of the author; their dependencies have no cycle
 */
public record Definition(String name, Trigger trigger, List<Step> steps) {
    /** Copies the steps. */
    public Definition {
        steps = List.copyOf(steps);
    }

    /** The step of that name; null if there is none. */
    public @Nullable Step step(StepId id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElse(null);
    }

    /** The steps by name. */
    public Map<StepId, Step> byId() {
        return steps.stream().collect(Collectors.toUnmodifiableMap(Step::id, Function.identity()));
    }

    /** The steps that wait for this one, in the order of the author. */
    public List<Step> dependents(StepId id) {
        return steps.stream().filter(step -> step.dependsOn().contains(id)).toList();
    }
}
