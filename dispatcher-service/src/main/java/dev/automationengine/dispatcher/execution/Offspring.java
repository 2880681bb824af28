package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The executions that a step of another asks for, at their beginning. Pure: nothing is stored. */
public sealed interface Offspring {
    /** One that begins. */
    record Born(Settled settled) implements Offspring {}

    /** The end of one that cannot even begin. */
    record Refused(StepEvent.ChildEnded end) implements Offspring {}

    /**
     * One for each item that is asked for.
     *
     * @param by the execution that asks
     * @param definition what it follows
     * @param asked for which items of which step
     * @param own the version that it follows; null if that cannot be read
     * @param newest finds the version of a workflow that a SUB_WORKFLOW runs; null if there is none
     */
    static List<Offspring> of(
            Execution by,
            Definition definition,
            Decision.StartChildren asked,
            @Nullable WorkflowVersion own,
            Function<SubWorkflowStep, @Nullable WorkflowVersion> newest,
            Instant now) {
        Step step = Objects.requireNonNull(definition.step(asked.job().step()));
        WorkflowVersion version = step instanceof SubWorkflowStep sub ? newest.apply(sub) : own;
        List<Offspring> offspring = new ArrayList<>();
        for (int index : asked.items()) {
            Parent parent = parent(by, asked, step, index);
            StepError obstacle = obstacle(step, parent, version);
            offspring.add(
                    obstacle == null
                            ? new Born(begin(by, parent, step, Objects.requireNonNull(version), now))
                            : new Refused(refused(by, parent, obstacle, now)));
        }
        return offspring;
    }

    private static Parent parent(Execution execution, Decision.StartChildren decision, Step step, int index) {
        Parent above = execution.parent();
        String within = above == null || above.part().isEmpty() ? "" : above.part() + "/";
        boolean item = !(step instanceof SubWorkflowStep);
        return new Parent(
                execution.id(),
                step.id(),
                decision.job().epoch(),
                index,
                item ? within + step.id() : "",
                above == null ? 1 : above.depth() + 1,
                !(step instanceof SubWorkflowStep sub) || sub.waits(),
                execution.effectKey(step.id()));
    }

    private static @Nullable StepError obstacle(Step step, Parent parent, @Nullable WorkflowVersion version) {
        if (parent.depth() > Parent.MAX_DEPTH) {
            return StepErrors.tooDeep();
        }
        return step instanceof SubWorkflowStep sub
                        && (version == null
                                || !version.definition().trigger().type().equals(Trigger.SUB_WORKFLOW))
                ? StepErrors.noSuchWorkflow(sub.workflowId())
                : null;
    }

    private static Settled begin(Execution of, Parent parent, Step step, WorkflowVersion version, Instant now) {
        Fan fan = Objects.requireNonNull(of.step(parent.step()).fan());
        Execution pending = Execution.child(of, parent, version, step.type(), content(fan, parent), now);
        Definition definition = pending.follows(version);
        return new Settled(pending, Advance.start(pending, definition, now), definition, of.traceparent());
    }

    private static Map<String, @Nullable Object> content(Fan fan, Parent parent) {
        Object item = fan.items().get(parent.index());
        Map<String, @Nullable Object> content = new HashMap<>();
        if (parent.isItem()) {
            content.put("item", item);
            content.put("index", parent.index());
            content.put("with", fan.with());
        } else if (item instanceof Map<?, ?> input) {
            input.forEach((name, value) -> content.put(String.valueOf(name), value));
        }
        return content;
    }

    private static StepEvent.ChildEnded refused(Execution of, Parent parent, StepError why, Instant now) {
        return new StepEvent.ChildEnded(
                parent.job(),
                of.orgId(),
                parent.index(),
                ExecutionId.child(parent.job(), parent.index()),
                ExecutionStatus.FAILED,
                Map.of(),
                why,
                now,
                of.traceparent());
    }
}
