package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.expressions.EvaluationException;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of an execution read, and what an execution gives to the step that started it. Pure. */
public final class Readable {
    private static final String OUTPUT = "output";

    private Readable() {}

    /** What templates and conditions read. */
    public static Map<String, @Nullable Object> context(Execution execution, Map<StepId, StepState> states) {
        Map<String, @Nullable Object> steps = new HashMap<>();
        states.forEach((id, state) -> {
            StepError failure = state.failure();
            if (state.output() != null) {
                steps.put(id.value(), Map.of(OUTPUT, state.output()));
            } else if (failure != null) {
                steps.put(id.value(), Map.of("error", StepErrors.readable(failure)));
            }
        });
        Map<String, @Nullable Object> context = new HashMap<>();
        Parent parent = execution.parent();
        if (parent != null && parent.isItem()) {
            context.putAll(execution.trigger());
        } else {
            context.put("trigger", execution.trigger());
        }
        context.put("steps", steps);
        return context;
    }

    /**
     * What an execution that has ended gives: by its definition's words, else what its last steps gave.
     *
     * @param at when it ended: the clock of its words
     * @throws EvaluationException if its words cannot be evaluated
     */
    static @Nullable Object result(Execution execution, Definition definition, Instant at) {
        Template result = definition.result();
        if (result != null) {
            return result.render(context(execution, execution.steps()), at);
        }
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        definition.steps().stream()
                .filter(step -> definition.dependents(step.id()).isEmpty())
                .map(step -> Map.entry(step.id(), execution.step(step.id())))
                .filter(step -> step.getValue().status() == StepStatus.COMPLETED)
                .forEach(step ->
                        outputs.put(step.getKey().value(), step.getValue().output()));
        return outputs;
    }
}
