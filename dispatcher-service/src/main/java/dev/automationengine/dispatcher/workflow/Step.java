package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Reference;
import dev.automationengine.model.id.StepId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step of a workflow, checked and compiled. */
public sealed interface Step
        permits FilterStep,
                BranchStep,
                TransformStep,
                StopStep,
                ActionStep,
                DelayStep,
                ForEachStep,
                SubWorkflowStep,
                WaitStep {
    /** The name of the type of {@link FilterStep}. */
    String FILTER = "FILTER";

    /** The name of the type of {@link BranchStep}. */
    String BRANCH = "BRANCH";

    /** The name of the type of {@link TransformStep}. */
    String TRANSFORM = "TRANSFORM";

    /** The name of the type of {@link StopStep}. */
    String STOP = "STOP";

    /** The name of the type of {@link ActionStep}. */
    String ACTION = "ACTION";

    /** The name of the type of {@link DelayStep}, and of the work that its job asks for. */
    String DELAY = "DELAY";

    /** The name of the type of {@link ForEachStep}. */
    String FOR_EACH = "FOR_EACH";

    /** The name of the type of {@link SubWorkflowStep}. */
    String SUB_WORKFLOW = "SUB_WORKFLOW";

    /** The name of the type of a {@link WaitStep} that waits for a call or an event. */
    String WAIT_FOR_EVENT = "WAIT_FOR_EVENT";

    /** The name of the type of a {@link WaitStep} that waits for a person. */
    String APPROVAL = "APPROVAL";

    /** What it has in common with all steps. */
    StepFrame frame();

    /** Its name, unique in the workflow. */
    default StepId id() {
        return frame().id();
    }

    /** The steps that come before it by its own words; another's {@code on_error} may lead to it, too. */
    default Set<StepId> dependsOn() {
        Set<StepId> steps = new LinkedHashSet<>();
        frame().needs().forEach(need -> steps.add(need.step()));
        return steps;
    }

    /** The name of its type in a definition. */
    String type();

    /** What a worker is asked to do; null if no worker has a part in it. */
    default @Nullable String actionName() {
        return null;
    }

    /** The ways out of it that others may depend on. */
    default List<String> ports() {
        return List.of();
    }

    /** The way by which it was left; null if it has but one. */
    default @Nullable String port(@Nullable Map<String, @Nullable Object> output) {
        return null;
    }

    /** What it reads, by the place in its definition, a JSON pointer below the step. */
    default Map<String, List<Reference>> reads() {
        Map<String, List<Reference>> reads = new LinkedHashMap<>();
        Condition runIf = frame().runIf();
        if (runIf != null) {
            reads.put("/run_if", runIf.references());
        }
        reads.putAll(ownReads());
        return reads;
    }

    /** What steps of its type read, beside what all may. */
    Map<String, List<Reference>> ownReads();
}
