package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.model.execution.ExecutionSnapshot.Attempt;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a step of an execution stands. Immutable.
 *
 * @param status where it stands
 * @param epoch 1, and one more for each redrive
 * @param fence the highest fence that a worker reported with
 * @param startedAt start of the first attempt; null before its report
 * @param finishedAt when it ended; null before
 * @param nextAttemptAt when the next try, or the end of a delay, is due; null unless it waits for one
 * @param work what the worker does; null before it is queued, and for a filter
 * @param output what it gave; null before
 * @param attempts the latest tries that were reported, at most {@value #MAX_ATTEMPTS}, by number
 * @param error why it failed without an attempt of a worker; null otherwise
 * @param fan how far it is with the executions that it starts; null for a step that starts none
 * @param inDoubt whether an earlier run of the step, which this one takes up, may have been carried out
 */
public record StepState(
        StepStatus status,
        int epoch,
        long fence,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable StepWork work,
        @Nullable Map<String, @Nullable Object> output,
        List<Attempt> attempts,
        @Nullable StepError error,
        @Nullable Fan fan,
        boolean inDoubt) {
    /** The most attempts that are kept, the latest ones: the document must not grow without end. */
    static final int MAX_ATTEMPTS = 200;

    /** Of how many, the latest ones, request and answer are kept. */
    static final int MAX_ANSWERS = 10;

    /** A step that waits for others. */
    static final StepState PENDING =
            new StepState(StepStatus.PENDING, 1, 0, null, null, null, null, null, List.of(), null, null, false);

    /** Copies output and attempts. */
    public StepState {
        output = output == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(output));
        attempts = List.copyOf(attempts);
    }

    /** Number of the latest attempt that was reported; 0 before the first. */
    int lastAttempt() {
        return attempts.isEmpty() ? 0 : attempts.getLast().number();
    }

    /** When the attempt that it waits for was decided on, for a step that waits for a retry; null before the first. */
    @Nullable
    Instant lastAttemptEnd() {
        return attempts.isEmpty() ? null : attempts.getLast().finishedAt();
    }

    /** Why the step failed; null unless it did. */
    public @Nullable StepError failure() {
        if (status != StepStatus.FAILED) {
            return null;
        }
        return error != null || attempts.isEmpty() ? error : attempts.getLast().error();
    }

    /** Given to the workers; {@code dueAt} is null if it may start at once. */
    StepState queued(StepWork newWork, @Nullable Instant dueAt) {
        return new StepState(
                StepStatus.QUEUED, epoch, fence, null, null, dueAt, newWork, null, attempts, null, fan, inDoubt);
    }

    /** With executions under way, since the first of them. If it has a job, that is due when they have taken too long. */
    StepState fanned(Fan newFan, Instant now) {
        Instant begin = startedAt == null ? now : startedAt;
        return new StepState(
                StepStatus.QUEUED,
                epoch,
                fence,
                begin,
                null,
                nextAttemptAt,
                work,
                null,
                attempts,
                null,
                newFan,
                inDoubt);
    }

    /** To be run anew, but not for the items that an earlier run is done with. */
    StepState continuing(@Nullable Fan earlier) {
        return new StepState(
                status,
                epoch,
                fence,
                startedAt,
                finishedAt,
                nextAttemptAt,
                work,
                output,
                attempts,
                error,
                earlier,
                inDoubt);
    }

    /** With an answer that came before the step began to wait. */
    StepState answeredEarly(Map<String, @Nullable Object> answer) {
        return new StepState(
                status,
                epoch,
                fence,
                startedAt,
                finishedAt,
                nextAttemptAt,
                work,
                answer,
                attempts,
                error,
                fan,
                inDoubt);
    }

    /** To be run anew, though an earlier run of it may have been carried out. */
    StepState doubted() {
        return new StepState(
                status, epoch, fence, startedAt, finishedAt, nextAttemptAt, work, output, attempts, error, fan, true);
    }

    /** A step that ends without a worker's report: a filter, a skipped step, one whose work could not be made. */
    StepState ended(StepStatus end, Instant at, @Nullable StepError why) {
        return new StepState(end, epoch, fence, startedAt, at, null, work, null, attempts, why, fan, inDoubt);
    }

    StepState reported(
            StepStatus next,
            long newFence,
            @Nullable Instant end,
            @Nullable Instant nextTry,
            @Nullable Map<String, @Nullable Object> newOutput,
            @Nullable StepError why) {
        return new StepState(
                next, epoch, newFence, startedAt, end, nextTry, work, newOutput, attempts, why, fan, inDoubt);
    }

    /**
     * With an attempt on record. A number that is there already stays as it is, unless a later holder of the same
     * attempt reports: then the later one holds.
     */
    StepState with(Attempt attempt, long reportedFence) {
        List<Attempt> all = new ArrayList<>(attempts);
        boolean later = reportedFence > fence;
        if (later) {
            all.removeIf(known -> known.number() == attempt.number());
        }
        if (all.stream().noneMatch(known -> known.number() == attempt.number())) {
            all.add(attempt);
        }
        all.sort(Comparator.comparingInt(Attempt::number));
        all.subList(0, Math.max(0, all.size() - MAX_ANSWERS)).replaceAll(StepState::withoutAnswer);
        List<Attempt> kept = all.subList(Math.max(0, all.size() - MAX_ATTEMPTS), all.size());
        Instant first = startedAt == null || attempt.startedAt().isBefore(startedAt) ? attempt.startedAt() : startedAt;
        return new StepState(
                status, epoch, fence, first, finishedAt, nextAttemptAt, work, output, kept, error, fan, inDoubt);
    }

    /** An attempt without the parts of its error that may be large. */
    static Attempt withoutAnswer(Attempt attempt) {
        StepError full = attempt.error();
        if (full == null) {
            return attempt;
        }
        StepError brief = new StepError(
                full.errorClass(), full.code(), full.message(), full.httpStatus(), null, null, full.advice());
        return new Attempt(
                attempt.number(),
                attempt.workerId(),
                attempt.startedAt(),
                attempt.finishedAt(),
                attempt.httpStatus(),
                brief);
    }

    /** How large the next input or output may be, beside all that the steps hold already. */
    static DataLimit room(Collection<StepState> steps) {
        int held = 0;
        for (StepState step : steps) {
            held += step.work == null ? 0 : DataLimit.STEP.sizeOf(step.work.input());
            held += step.output == null ? 0 : DataLimit.STEP.sizeOf(step.output);
            held += step.fan == null ? 0 : DataLimit.STEPS.sizeOf(step.fan.input());
            held += step.fan == null ? 0 : DataLimit.STEPS.sizeOf(step.fan.inOrder());
        }
        return new DataLimit(Math.clamp(DataLimit.STEPS.maxSize() - held, 0, DataLimit.STEP.maxSize()));
    }
}
