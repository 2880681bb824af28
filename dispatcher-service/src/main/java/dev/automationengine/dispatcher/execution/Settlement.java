package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.BranchStep;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.DelayStep;
import dev.automationengine.dispatcher.workflow.FilterStep;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.StopStep;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.TransformStep;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.EvaluationException;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
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
        boolean ends = definition.steps().stream().anyMatch(this::ends);
        // What comes before a step is settled before it, so one pass is enough.
        for (Step step : definition.order()) {
            if (ends) {
                break;
            }
            states.put(step.id(), next(step));
            ends = ends(step);
        }
        if (ends) {
            startNothingMore();
        }
        return ended();
    }

    /** Whether the execution ends with this step as it stands. */
    private boolean ends(Step step) {
        return switch (state(step.id()).status()) {
            case FAILED -> definition.failsWith(step.id());
            case COMPLETED -> step instanceof StopStep;
            case PENDING, QUEUED, RETRYING, FILTERED, SKIPPED, OMITTED, CANCELLED -> false;
        };
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
        return switch (new Readiness(definition, states).of(step)) {
            case WAITS -> state;
            case NEVER -> state.ended(StepStatus.SKIPPED, now, null);
            case READY -> started(step, state);
        };
    }

    private StepState started(Step step, StepState state) {
        try {
            return runIfWanted(step, state);
        } catch (EvaluationException e) {
            return state.ended(StepStatus.FAILED, now, StepErrors.notEvaluated(e));
        }
    }

    private StepState runIfWanted(Step step, StepState state) {
        Condition runIf = step.frame().runIf();
        return runIf == null || runIf.test(context(), now)
                ? run(step, state)
                : state.ended(StepStatus.OMITTED, now, null);
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private StepState run(Step step, StepState state) {
        return switch (step) {
            case FilterStep filter ->
                state.ended(
                        filter.condition().test(context(), now) ? StepStatus.COMPLETED : StepStatus.FILTERED,
                        now,
                        null);
            case BranchStep branch -> given(state, Map.of(BranchStep.OUTPUT, taken(branch)));
            case TransformStep transform ->
                object(transform.output())
                        .map(output -> given(state, output))
                        .orElseGet(() -> state.ended(StepStatus.FAILED, now, StepErrors.outputTooLarge()));
            case StopStep stop -> stopped(stop, state);
            case ActionStep action ->
                object(action.config())
                        .map(input -> state.queued(work(action, input), null))
                        .orElseGet(() -> state.ended(StepStatus.FAILED, now, StepErrors.inputTooLarge()));
            case DelayStep delay ->
                delay.lasts()
                        .end(context(), now)
                        .map(end -> state.queued(work(delay), end))
                        .orElseGet(() -> state.ended(StepStatus.FAILED, now, StepErrors.noTime()));
            case WaitStep wait -> WaitSteps.started(wait, state, before.orgId(), context(), now);
            case ForEachStep each -> children().started(each, state);
            case SubWorkflowStep sub -> children().started(sub, state, new JobId(before.id(), sub.id(), state.epoch()));
        };
    }

    private FanSteps children() {
        return new FanSteps(context(), StepState.room(states.values()), now);
    }

    private StepState given(StepState state, Map<String, @Nullable Object> output) {
        return state.reported(StepStatus.COMPLETED, state.fence(), now, null, output, null);
    }

    private String taken(BranchStep branch) {
        Map<String, @Nullable Object> context = context();
        return branch.branches().stream()
                .filter(each -> each.condition().test(context, now))
                .map(BranchStep.Branch::name)
                .findFirst()
                .orElse(BranchStep.ELSE);
    }

    private StepState stopped(StopStep stop, StepState state) {
        Template template = stop.message();
        Object rendered = template == null ? null : template.render(context(), now);
        String message = rendered == null ? "" : StepErrors.brief(rendered.toString());
        return stop.failed()
                ? state.ended(StepStatus.FAILED, now, StepErrors.stopped(message))
                : given(state, Map.of("message", message));
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
    private Optional<Map<String, @Nullable Object>> object(Template template) {
        return template.render(context(), now) instanceof Map<?, ?> object
                ? StepState.room(states.values()).storable((Map<String, @Nullable Object>) object)
                : Optional.empty();
    }

    private Map<String, @Nullable Object> context() {
        Map<String, @Nullable Object> context = Readable.context(before, states);
        if (definition.readsLinks()) {
            context.put(WaitStep.LINKS, links());
        }
        return context;
    }

    private Map<String, @Nullable Object> links() {
        Map<String, @Nullable Object> links = new LinkedHashMap<>();
        for (Step step : definition.steps()) {
            if (step instanceof WaitStep wait) {
                JobId job = new JobId(before.id(), step.id(), state(step.id()).epoch());
                links.put(step.id().value(), wait.urls(before.orgId(), job, now));
            }
        }
        return links;
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
        if (definition.steps().stream().anyMatch(this::ends)) {
            return ExecutionStatus.COMPLETED;
        }
        // A path that came to its end: a last step that was passed.
        Readiness readiness = new Readiness(definition, states);
        boolean arrived = definition.steps().stream()
                .filter(step -> definition.dependents(step.id()).isEmpty())
                .anyMatch(readiness::passed);
        return arrived ? ExecutionStatus.COMPLETED : ExecutionStatus.FILTERED;
    }

    private List<Decision> decisions(Execution after) {
        List<Decision> decisions = new ArrayList<>();
        for (Step step : definition.steps()) {
            StepState state = state(step.id());
            StepStatus was = before.step(step.id()).status();
            JobId job = new JobId(after.id(), step.id(), state.epoch());
            StepWork work = state.work();
            boolean changed = !state.equals(before.step(step.id()));
            // The end of its time is queued when a step starts executions, and not again whenever one of them ends.
            boolean timed = state.fan() != null && was == StepStatus.QUEUED;
            if (work != null && changed && !timed) {
                Jobs.of(job, state, work, now).ifPresent(decisions::add);
                WaitSteps.listening(job, state, after.eventId()).ifPresent(decisions::add);
            }
            if (changed) {
                decisions.addAll(FanSteps.decisions(job, before.step(step.id()).fan(), state));
            }
            StepError failure = state.failure();
            String action = step.actionName();
            if (was != StepStatus.FAILED && failure != null && action != null && definition.failsWith(step.id())) {
                decisions.add(new Decision.DeadLetter(job, action, failure, state.lastAttempt()));
            }
        }
        if (after.status().terminal() && !before.status().terminal()) {
            decisions.add(new Decision.Finish(after.status()));
            FanSteps.report(after, definition).ifPresent(decisions::add);
        }
        return decisions;
    }

    private boolean failed() {
        return definition.steps().stream()
                .anyMatch(step -> state(step.id()).status() == StepStatus.FAILED && definition.failsWith(step.id()));
    }

    private StepState state(StepId id) {
        return states.getOrDefault(id, StepState.PENDING);
    }
}
