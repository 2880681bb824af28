package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.Step.ActionStep;
import dev.automationengine.dispatcher.workflow.Step.DelayStep;
import dev.automationengine.dispatcher.workflow.Step.FilterStep;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works out everything that follows from a change of one step, until only workers can go on. Used once. */
final class Settlement {
    private final Execution before;
    private final Definition definition;
    private final Instant now;
    private final Map<StepId, StepState> states;

    Settlement(Execution before, Definition definition, Instant now) {
        this.before = before;
        this.definition = definition;
        this.now = now;
        this.states = new LinkedHashMap<>(before.steps());
    }

    Settlement with(StepId step, StepState state) {
        states.put(step, state);
        return this;
    }

    Advanced settle() {
        boolean moved = true;
        while (moved && !failed()) {
            moved = false;
            for (Step step : definition.steps()) {
                StepState next = next(step);
                moved |= states.put(step.id(), next) != next;
            }
        }
        if (failed()) {
            startNothingMore();
        }
        return ended();
    }

    /** Nothing starts any more. */
    Advanced cancel(Cancellation cancellation) {
        startNothingMore();
        Execution after = before.with(cancellation).changed(ExecutionStatus.CANCELLED, states, now, now);
        return new Advanced(after, decisions(after), true);
    }

    private Advanced ended() {
        boolean ended = before.status().terminal();
        ExecutionStatus status = ended ? before.status() : status();
        Instant finishedAt = ended || !status.terminal() ? before.finishedAt() : now;
        Execution after = before.changed(status, states, finishedAt, now);
        return new Advanced(after, decisions(after), true);
    }

    private StepState next(Step step) {
        StepState state = state(step.id());
        if (state.status() != StepStatus.PENDING) {
            return state;
        }
        boolean waits = false;
        for (StepId needed : step.dependsOn()) {
            switch (state(needed).status()) {
                case FILTERED, SKIPPED, FAILED, CANCELLED -> {
                    return state.ended(StepStatus.SKIPPED, now, null);
                }
                case PENDING, QUEUED, RETRYING -> waits = true;
                case COMPLETED -> {}
            }
        }
        return waits ? state : started(step, state);
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private StepState started(Step step, StepState state) {
        return switch (step) {
            case FilterStep filter ->
                state.ended(filter.condition().test(context()) ? StepStatus.COMPLETED : StepStatus.FILTERED, now, null);
            case ActionStep action ->
                input(action)
                        .map(input -> state.queued(work(action, input), null))
                        .orElseGet(() -> state.ended(StepStatus.FAILED, now, tooLarge()));
            case DelayStep delay -> state.queued(work(delay), now.plus(delay.duration()));
        };
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private StepWork work(ActionStep action, Map<String, @Nullable Object> input) {
        return new StepWork(
                action.action(),
                input,
                action.credentialId(),
                action.retryPolicy(),
                action.timeout(),
                before.effectKey(action.id()),
                action.onUnknown());
    }

    private static StepWork work(DelayStep delay) {
        return new StepWork(Step.DELAY, Map.of(), null, RetryPolicy.DEFAULT, ActionStep.DEFAULT_TIMEOUT);
    }

    @SuppressWarnings("unchecked") // A template that is an object renders to an object with the same names.
    private Optional<Map<String, @Nullable Object>> input(ActionStep action) {
        return action.config().render(context()) instanceof Map<?, ?> input
                ? StepState.room(states.values()).storable((Map<String, @Nullable Object>) input)
                : Optional.empty();
    }

    private Map<String, @Nullable Object> context() {
        Map<String, @Nullable Object> steps = new HashMap<>();
        states.forEach((id, state) -> {
            if (state.output() != null) {
                steps.put(id.value(), Map.of("output", state.output()));
            }
        });
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("trigger", before.trigger());
        context.put("steps", steps);
        return context;
    }

    private void startNothingMore() {
        states.replaceAll((id, state) -> {
            boolean queuedJustNow =
                    state.status() == StepStatus.QUEUED && before.step(id).status() == StepStatus.PENDING;
            if (state.status() == StepStatus.PENDING || queuedJustNow) {
                return StepState.PENDING.ended(StepStatus.SKIPPED, now, null);
            }
            return state.status().terminal() ? state : state.ended(StepStatus.CANCELLED, now, null);
        });
    }

    private ExecutionStatus status() {
        if (failed()) {
            return ExecutionStatus.FAILED;
        }
        if (states.values().stream().anyMatch(state -> !state.status().terminal())) {
            return ExecutionStatus.IN_PROGRESS;
        }
        // A path that came to its end: a last step that completed.
        boolean arrived = definition.steps().stream()
                .filter(step -> definition.dependents(step.id()).isEmpty())
                .anyMatch(step -> state(step.id()).status() == StepStatus.COMPLETED);
        return arrived ? ExecutionStatus.COMPLETED : ExecutionStatus.FILTERED;
    }

    private List<Decision> decisions(Execution after) {
        List<Decision> decisions = new ArrayList<>();
        for (Step step : definition.steps()) {
            StepState state = state(step.id());
            StepStatus was = before.step(step.id()).status();
            JobId job = new JobId(after.id(), step.id(), state.epoch());
            StepWork work = state.work();
            if (work != null && !state.equals(before.step(step.id()))) {
                Jobs.of(job, state, work, now).ifPresent(decisions::add);
            }
            StepError failure = state.failure();
            String action = step.actionName();
            if (was != StepStatus.FAILED && failure != null && action != null) {
                decisions.add(new Decision.DeadLetter(job, action, failure, state.lastAttempt()));
            }
        }
        if (after.status().terminal() && !before.status().terminal()) {
            decisions.add(new Decision.Finish(after.status()));
        }
        return decisions;
    }

    private boolean failed() {
        return states.values().stream().anyMatch(state -> state.status() == StepStatus.FAILED);
    }

    private StepState state(StepId id) {
        return states.getOrDefault(id, StepState.PENDING);
    }

    private static StepError tooLarge() {
        return new StepError(
                ErrorClass.CONFIGURATION,
                "input_too_large",
                "Filled in, the configuration of the step is too large or nested too deep.",
                null,
                null,
                null,
                "Fill in single fields instead of whole objects.");
    }
}
