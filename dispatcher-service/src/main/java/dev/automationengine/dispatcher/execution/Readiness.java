package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Join;
import dev.automationengine.dispatcher.workflow.Need;
import dev.automationengine.dispatcher.workflow.OnError;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a step may start, by where those before it stand. */
record Readiness(Definition definition, Map<StepId, StepState> states) {
    /** What may be said of a step. */
    enum Answer {
        /** Too early to say. */
        WAITS,
        /** It starts now. */
        READY,
        /** What it needs will not come any more. */
        NEVER
    }

    Answer of(Step step) {
        List<StepId> errorSources = definition.errorSources(step.id());
        if (!errorSources.isEmpty()) {
            return first(errorSources.stream().map(this::afterFailureOf).toList());
        }
        List<Answer> answers = step.frame().needs().stream().map(this::after).toList();
        return answers.isEmpty() || step.frame().join() == Join.ALL ? all(answers) : first(answers);
    }

    /** Whether what depends on the step goes on. */
    boolean passed(Step step) {
        return after(new Need(step.id(), null)) == Answer.READY;
    }

    private static Answer all(List<Answer> answers) {
        return answers.contains(Answer.NEVER)
                ? Answer.NEVER
                : answers.contains(Answer.WAITS) ? Answer.WAITS : Answer.READY;
    }

    private static Answer first(List<Answer> answers) {
        return answers.contains(Answer.READY)
                ? Answer.READY
                : answers.contains(Answer.WAITS) ? Answer.WAITS : Answer.NEVER;
    }

    private Answer after(Need need) {
        StepState state = states.getOrDefault(need.step(), StepState.PENDING);
        return switch (state.status()) {
            case PENDING, QUEUED, RETRYING -> Answer.WAITS;
            case FILTERED, SKIPPED, CANCELLED -> Answer.NEVER;
            case COMPLETED -> passedBy(need, state.output()) ? Answer.READY : Answer.NEVER;
            case OMITTED -> need.port() == null ? Answer.READY : Answer.NEVER;
            case FAILED -> need.port() == null && goesOnAfterFailure(need.step()) ? Answer.READY : Answer.NEVER;
        };
    }

    private Answer afterFailureOf(StepId source) {
        StepStatus status = states.getOrDefault(source, StepState.PENDING).status();
        return status == StepStatus.FAILED ? Answer.READY : status.terminal() ? Answer.NEVER : Answer.WAITS;
    }

    private boolean passedBy(Need need, @Nullable Map<String, @Nullable Object> output) {
        Step needed = definition.step(need.step());
        return need.port() == null || (needed != null && need.port().equals(needed.port(output)));
    }

    private boolean goesOnAfterFailure(StepId failed) {
        Step step = definition.step(failed);
        return step != null && step.frame().onError() instanceof OnError.Continue;
    }
}
