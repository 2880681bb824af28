package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.BranchStep;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.DelayStep;
import dev.automationengine.dispatcher.workflow.FilterStep;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.StopStep;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.TransformStep;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.expressions.EvaluationException;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Steps that start executions: FOR_EACH and SUB_WORKFLOW. Pure.
 *
 * @param context what their templates read
 * @param room how large what they hold may be
 * @param now the time
 */
record FanSteps(Map<String, @Nullable Object> context, DataLimit room, Instant now) {
    private static final String RESULTS = "results";
    private static final String RESULT = "result";
    private static final String EXECUTION = "execution_id";

    /** A FOR_EACH at its beginning; an earlier run of the same items is continued. */
    @SuppressWarnings("NullAway") // It does not see in class files that elements of a record's list may be null.
    StepState started(ForEachStep step, StepState state) {
        if (!(step.items().render(context, now) instanceof List<?> list)) {
            return state.ended(StepStatus.FAILED, now, StepErrors.noList());
        }
        if (list.size() > ForEachStep.MAX_ITEMS) {
            return state.ended(StepStatus.FAILED, now, StepErrors.tooManyItems(list.size()));
        }
        return fan(new ArrayList<>(list), step.with().render(context, now))
                .map(fan -> limited(
                        on(fan.continuing(state.fan()).filled(step.concurrency()), step, state), step.timeout()))
                .orElseGet(() -> state.ended(StepStatus.FAILED, now, StepErrors.inputTooLarge()));
    }

    /** A SUB_WORKFLOW at its beginning; one that nobody waits for is done with that. */
    StepState started(SubWorkflowStep step, StepState state, JobId job) {
        List<@Nullable Object> one = new ArrayList<>();
        one.add(step.input().render(context, now));
        Optional<Fan> fan = fan(one, Map.of());
        if (fan.isEmpty()) {
            return state.ended(StepStatus.FAILED, now, StepErrors.inputTooLarge());
        }
        StepState started = state.fanned(fan.get().filled(1), now);
        Map<String, @Nullable Object> output =
                Map.of(EXECUTION, ExecutionId.child(job, 0).value());
        return step.waits() ? limited(started, step.timeout()) : given(started, output);
    }

    /**
     * The end of a wait for executions is a job, as with every other wait. A step that is done already needs none: having
     * work would hide that what depends on it was decided in the same breath.
     */
    private StepState limited(StepState state, @Nullable Duration timeout) {
        Fan fan = state.fan();
        return timeout == null || fan == null || state.status() != StepStatus.QUEUED
                ? state
                : state.queued(WaitSteps.work(Map.of()), now.plus(timeout)).fanned(fan, now);
    }

    /** Takes in that the executions have taken too long: those under way are given up. */
    StepState timedOut(StepState state, StepEvent.Completed passed) {
        return state.status() == StepStatus.QUEUED
                ? state.ended(StepStatus.FAILED, passed.run().finishedAt(), StepErrors.tooSlow())
                : state;
    }

    /** Takes in the end of one of the executions. One that is not under way changes nothing. */
    StepState ended(Step step, StepState state, StepEvent.ChildEnded event) {
        Fan fan = state.fan();
        if (fan == null || state.status() != StepStatus.QUEUED || !fan.open().contains(event.index())) {
            return state;
        }
        boolean failed = event.status() == ExecutionStatus.FAILED || event.status() == ExecutionStatus.CANCELLED;
        return switch (step) {
            case ForEachStep each when failed && !each.goesOn() -> failed(state, event);
            case ForEachStep each ->
                on(
                        fan.ended(
                                        event.index(),
                                        failed ? error(event) : event.output().get(RESULT))
                                .filled(each.concurrency()),
                        each,
                        state);
            case SubWorkflowStep sub when failed -> failed(state, event);
            case SubWorkflowStep sub -> given(state.fanned(fan.ended(0, null), now), whole(event));
            case FilterStep filter -> state;
            case BranchStep branch -> state;
            case TransformStep transform -> state;
            case StopStep stop -> state;
            case ActionStep action -> state;
            case DelayStep delay -> state;
            case WaitStep wait -> state;
        };
    }

    /** What follows from a change of a step that starts executions. */
    static List<Decision> decisions(JobId job, @Nullable Fan before, StepState after) {
        Fan fan = after.fan();
        if (fan == null) {
            return List.of();
        }
        SortedSet<Integer> started = new TreeSet<>(fan.open());
        if (before != null) {
            started.removeAll(before.open());
        }
        return decisions(job, fan, after, started);
    }

    /** The same decisions once more, for all that is under way. */
    static List<Decision> repeated(JobId job, StepState state) {
        Fan fan = state.fan();
        return fan == null ? List.of() : decisions(job, fan, state, fan.open());
    }

    private static List<Decision> decisions(JobId job, Fan fan, StepState after, SortedSet<Integer> started) {
        return switch (after.status()) {
            case QUEUED, COMPLETED -> started.isEmpty() ? List.of() : List.of(new Decision.StartChildren(job, started));
            case FAILED, CANCELLED ->
                fan.open().isEmpty() ? List.of() : List.of(new Decision.CancelChildren(job, fan.open()));
            case PENDING, RETRYING, FILTERED, SKIPPED, OMITTED -> List.of();
        };
    }

    /** What the step that started an execution has to hear of its end. */
    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    static Optional<Decision> report(Execution ended, Definition definition) {
        Parent parent = ended.parent();
        Cancellation cancellation = ended.cancellation();
        boolean byParent = cancellation != null && cancellation.by().equals(Children.BY_PARENT);
        if (parent == null || !parent.waits() || ended.redrive() != null || byParent) {
            return Optional.empty();
        }
        Instant at = ended.finishedAt() == null ? ended.updatedAt() : ended.finishedAt();
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        ExecutionStatus status = ended.status();
        StepError error = failure(ended);
        try {
            output.put(RESULT, Readable.result(ended, definition, at));
        } catch (EvaluationException e) {
            status = ExecutionStatus.FAILED;
            error = StepErrors.notEvaluated(e);
        }
        return Optional.of(new Decision.TellParent(new StepEvent.ChildEnded(
                parent.job(),
                ended.orgId(),
                parent.index(),
                ended.id(),
                status,
                output,
                error,
                at,
                ended.traceparent())));
    }

    private static @Nullable StepError failure(Execution ended) {
        return ended.steps().values().stream()
                .map(StepState::failure)
                .flatMap(error -> error == null ? Stream.empty() : Stream.of(error))
                .findFirst()
                .orElse(null);
    }

    private StepState on(Fan fan, ForEachStep step, StepState state) {
        StepState fanned = state.fanned(fan, now);
        if (!fan.done()) {
            return room.storable(Map.of(RESULTS, fan.inOrder())).isPresent()
                    ? fanned
                    : fanned.ended(StepStatus.FAILED, now, StepErrors.outputTooLarge());
        }
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        output.put(RESULTS, fan.inOrder());
        output.put("count", fan.items().size());
        return given(fanned, output);
    }

    private StepState given(StepState state, Map<String, @Nullable Object> output) {
        return room.storable(output)
                .map(stored -> state.reported(StepStatus.COMPLETED, state.fence(), now, null, stored, null))
                .orElseGet(() -> state.ended(StepStatus.FAILED, now, StepErrors.outputTooLarge()));
    }

    private StepState failed(StepState state, StepEvent.ChildEnded event) {
        Fan fan = Objects.requireNonNull(state.fan());
        SortedSet<Integer> still = new TreeSet<>(fan.open());
        still.remove(event.index());
        Fan rest = new Fan(fan.items(), fan.with(), still, fan.results());
        return state.fanned(rest, now).ended(StepStatus.FAILED, now, StepErrors.childFailed(event));
    }

    private static Map<String, @Nullable Object> whole(StepEvent.ChildEnded event) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put(EXECUTION, event.child().value());
        whole.put("status", Names.of(event.status()));
        whole.put(RESULT, event.output().get(RESULT));
        return whole;
    }

    private static Map<String, @Nullable Object> error(StepEvent.ChildEnded event) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put(EXECUTION, event.child().value());
        StepError error = event.error();
        told.put("error", error == null ? Map.of("code", "cancelled") : StepErrors.readable(error));
        return told;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // A template that is an object renders to one.
    private Optional<Fan> fan(List<@Nullable Object> items, @Nullable Object with) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("items", items);
        whole.put("with", with);
        return room.storable(whole)
                .map(stored -> Fan.of(
                        (List<@Nullable Object>) Objects.requireNonNull(stored.get("items")),
                        (Map<String, @Nullable Object>) Objects.requireNonNull(stored.get("with"))));
    }
}
