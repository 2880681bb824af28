package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that an event led to when it came first. They come again with each repeat, because whoever stored the
 * change may have died before acting on it; only what the very event caused, so that a repeat does not queue again
 * what is long done.
 */
final class Repeats {
    private Repeats() {}

    static List<Decision> ofStart(Execution execution, Definition definition) {
        return decisions(
                execution,
                caused(
                        definition.steps().stream()
                                .filter(step -> step.dependsOn().isEmpty()
                                        && definition.errorSources(step.id()).isEmpty())
                                .toList(),
                        execution,
                        definition),
                definition);
    }

    static List<Decision> of(Execution execution, Definition definition, @Nullable Step reported) {
        if (reported == null) {
            return List.of();
        }
        Set<Step> caused = new LinkedHashSet<>();
        caused.add(reported);
        if (execution.step(reported.id()).status().terminal()) {
            caused.addAll(caused(definition.dependents(reported.id()), execution, definition));
        }
        return decisions(execution, caused, definition);
    }

    /** The steps themselves, and what lies behind those that no worker had: they were decided in the same breath. */
    private static Set<Step> caused(List<Step> first, Execution execution, Definition definition) {
        Set<Step> caused = new LinkedHashSet<>();
        Deque<Step> open = new ArrayDeque<>(first);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (caused.add(step) && execution.step(step.id()).work() == null) {
                open.addAll(definition.dependents(step.id()));
            }
        }
        return caused;
    }

    private static List<Decision> decisions(Execution execution, Iterable<Step> steps, Definition definition) {
        List<Decision> decisions = new ArrayList<>();
        for (Step step : steps) {
            StepState state = execution.step(step.id());
            JobId job = new JobId(execution.id(), step.id(), state.epoch());
            StepWork work = state.work();
            if (work != null && !execution.status().terminal()) {
                Jobs.of(job, state, work, execution.updatedAt()).ifPresent(decisions::add);
                WaitSteps.listening(job, state, execution.eventId()).ifPresent(decisions::add);
            }
            if (!execution.status().terminal() || state.status() != StepStatus.COMPLETED) {
                decisions.addAll(FanSteps.repeated(job, state));
            }
            StepError failure = state.failure();
            String action = step.actionName();
            if (failure != null && action != null && definition.failsWith(step.id())) {
                decisions.add(new Decision.DeadLetter(job, action, failure, state.lastAttempt()));
            }
        }
        if (execution.status().terminal()) {
            FanSteps.report(execution, definition).ifPresent(decisions::add);
        }
        return decisions;
    }
}
