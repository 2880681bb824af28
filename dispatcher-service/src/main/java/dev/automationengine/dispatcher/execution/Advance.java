package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionSnapshot.Attempt;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes next in an execution. Pure: the same execution, definition, event and time always give the same
 * answer, and nothing else happens.
 *
 * <ul>
 *   <li>A step starts when all steps that it depends on have been passed, or the first of them, as its {@code join} says.
 *   <li>A step whose {@code run_if} does not hold is passed over: what depends on it goes on.
 *   <li>A filter that is not passed, and a branch that is not taken, skips whatever depends on it. The execution is
 *       {@code filtered} if no path of it came to its end, {@code completed} if one did.
 *   <li>A step that fails for good fails the execution at once, unless its {@code on_error} says otherwise: no step
 *       starts after it, and those under way are given up. A worker that had begun one may still report it as done,
 *       which is put on record. A STOP ends it in the same way, as its author wants.
 *   <li>A person who cancels wins over every report that comes later.
 *   <li>A state that is terminal never changes. A report is stale if a later attempt, or a later holder of the same
 *       attempt, has reported: it is put on record at most.
 *   <li>A repeated event changes nothing, but its decisions come again.
 * </ul>
 */
public final class Advance {
    private Advance() {}

    /** Begins an execution that is pending; of one that has begun, repeats the decisions of its beginning. */
    public static Advanced start(Execution execution, Definition definition, Instant now) {
        if (execution.rev() > 0) {
            return new Advanced(execution, Repeats.ofStart(execution, definition), false);
        }
        return new Settlement(execution, definition, now).settle();
    }

    /**
     * Takes in the outcome of an attempt, or the answer that a step waits for. One of an unknown step, epoch or kind
     * changes nothing.
     */
    public static Advanced advance(Execution execution, Definition definition, StepEvent event, Instant now) {
        StepEvent.Subject subject = event.subject();
        if (subject == null || !concerns(subject, execution, definition)) {
            return new Advanced(execution, List.of(), false);
        }
        StepId id = subject.jobId().step();
        StepState before = execution.step(id);
        StepState after = after(event, execution, definition, now);
        if (after.equals(before)) {
            Step step = definition.step(id);
            return new Advanced(execution, Repeats.of(execution, definition, step), false);
        }
        return new Settlement(execution, definition, now).with(id, after).settle();
    }

    /**
     * Ends an execution because a person wants it. What has ended stays as it is; one that was cancelled before repeats
     * what followed.
     */
    public static Advanced cancel(Execution execution, Definition definition, Cancellation cancellation, Instant now) {
        if (execution.status().terminal()) {
            List<Decision> repeated = execution.status() == ExecutionStatus.CANCELLED
                    ? FanSteps.report(execution, definition).stream().toList()
                    : List.of();
            return new Advanced(execution, repeated, false);
        }
        return new Settlement(execution, definition, now).cancel(cancellation);
    }

    private static StepState after(StepEvent event, Execution execution, Definition definition, Instant now) {
        StepId id = Objects.requireNonNull(event.subject()).jobId().step();
        StepState before = execution.step(id);
        DataLimit room = StepState.room(execution.steps().values());
        return switch (event) {
            case StepEvent.Completed completed
            when definition.step(id) instanceof WaitStep wait -> WaitSteps.timedOut(wait, completed, before);
            case StepEvent.Completed completed
            when before.fan() != null -> fans(execution, room, now).timedOut(before, completed);
            case StepEvent.Completed completed -> reported(event, completed.run(), before, room);
            case StepEvent.AttemptFailed failed -> reported(event, failed.run(), before, room);
            case StepEvent.Failed failed -> reported(event, failed.run(), before, room);
            case StepEvent.Resumed resumed ->
                definition.step(id) instanceof WaitStep ? WaitSteps.answered(resumed, before, room) : before;
            case StepEvent.ChildEnded ended -> {
                Step step = definition.step(id);
                yield step == null ? before : fans(execution, room, now).ended(step, before, ended);
            }
            case StepEvent.Unknown unknown -> before;
        };
    }

    private static FanSteps fans(Execution execution, DataLimit room, Instant now) {
        return new FanSteps(Readable.context(execution, execution.steps()), room, now);
    }

    private static StepState reported(StepEvent event, StepRun run, StepState before, DataLimit room) {
        StepState recorded = before.with(attempt(event, run), run.fence());
        return stale(run, before) ? recorded : applied(event, run, recorded, room);
    }

    private static boolean concerns(StepEvent.Subject subject, Execution execution, Definition definition) {
        StepState state = execution.steps().get(subject.jobId().step());
        // A step without work was never given to a worker, one without a fan has no children.
        return subject.jobId().execution().equals(execution.id())
                && subject.orgId().equals(execution.orgId())
                && state != null
                && state.epoch() == subject.jobId().epoch()
                && (state.work() != null
                        || state.fan() != null
                        || definition.step(subject.jobId().step()) instanceof WaitStep);
    }

    private static boolean stale(StepRun run, StepState state) {
        return run.attempt() < state.lastAttempt()
                || (run.attempt() == state.lastAttempt() && run.fence() < state.fence());
    }

    private static StepState applied(StepEvent event, StepRun run, StepState state, DataLimit room) {
        long fence = Math.max(run.fence(), state.fence());
        if (state.status() == StepStatus.CANCELLED) {
            // That it was done all the same is worth knowing; that it was not changes nothing.
            return event instanceof StepEvent.Completed done
                    ? completed(done.output(), run.finishedAt(), fence, state, room)
                    : state;
        }
        if (state.status().terminal()) {
            return state;
        }
        return switch (event) {
            case StepEvent.AttemptFailed failed ->
                state.reported(StepStatus.RETRYING, fence, null, failed.nextAttemptAt(), null, null);
            case StepEvent.Failed failed ->
                state.reported(StepStatus.FAILED, fence, run.finishedAt(), null, null, failed.error());
            case StepEvent.Completed completed -> completed(completed.output(), run.finishedAt(), fence, state, room);
            case StepEvent.Resumed resumed -> state;
            case StepEvent.ChildEnded ended -> state;
            case StepEvent.Unknown unknown -> state;
        };
    }

    private static StepState completed(
            Map<String, @Nullable Object> given, Instant end, long fence, StepState state, DataLimit room) {
        Optional<Map<String, @Nullable Object>> output = room.storable(given);
        return output.isPresent()
                ? state.reported(StepStatus.COMPLETED, fence, end, null, output.get(), null)
                : state.reported(StepStatus.FAILED, fence, end, null, null, StepErrors.answerTooLarge());
    }

    private static Attempt attempt(StepEvent event, StepRun run) {
        StepError error = switch (event) {
            case StepEvent.AttemptFailed failed -> failed.error();
            case StepEvent.Failed failed -> failed.error();
            case StepEvent.Completed completed -> null;
            case StepEvent.Resumed resumed -> null;
            case StepEvent.ChildEnded ended -> null;
            case StepEvent.Unknown unknown -> null;
        };
        Integer status = event instanceof StepEvent.Completed completed
                ? completed.httpStatus()
                : error == null ? null : error.httpStatus();
        return new Attempt(run.attempt(), run.workerId(), run.startedAt(), run.finishedAt(), status, error);
    }
}
