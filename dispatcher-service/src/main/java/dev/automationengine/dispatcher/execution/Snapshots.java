package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionSnapshot.Attempt;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the snapshot of an execution that people read. Kafka refuses messages above 1 MB, and an execution may be
 * larger: what does not fit any more is left out and says so. The execution's own document has all of it.
 */
public final class Snapshots {
    /** The member of an object that tells that its data did not fit. */
    public static final String LEFT_OUT = "left_out";

    /** With room for what JSON escapes, and for the members that are always there. */
    private static final int MAX_DATA = 450 * 1024;

    /** What attempts without their answers may take beyond that; the oldest are left out first. */
    private static final int RESERVE = 200 * 1024;

    private static final int MAX_ATTEMPT = 8 * 1024;
    private static final int SMALL = 512;
    private static final Map<String, @Nullable Object> NO_ROOM = Map.of(LEFT_OUT, "too large to be shown");

    private int left = MAX_DATA;

    private Snapshots() {}

    /** The fact to be published. */
    static Fact fact(Execution execution, Definition definition) {
        return new Fact(Topic.EXECUTION_LOGS, execution.id().value(), new Snapshots().snapshot(execution, definition));
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private ExecutionSnapshot snapshot(Execution execution, Definition definition) {
        Redrive redrive = execution.redrive();
        Parent parent = execution.parent();
        return new ExecutionSnapshot(
                execution.orgId(),
                execution.id(),
                execution.rev(),
                execution.workflowId(),
                execution.workflowName(),
                execution.workflowVersion(),
                execution.eventId(),
                execution.triggerType(),
                fitting(execution.trigger()),
                execution.status(),
                execution.createdAt(),
                execution.updatedAt(),
                execution.finishedAt(),
                execution.traceparent(),
                redrive == null || redrive.isRerun(execution.id()) ? null : redrive.of(),
                redrive != null && redrive.isRerun(execution.id()) ? redrive.of() : null,
                parent == null ? null : new ExecutionSnapshot.Parent(parent.execution(), parent.step(), parent.index()),
                execution.cancellation(),
                definition.steps().stream()
                        .map(step -> {
                            StepState state = execution.step(step.id());
                            Map<String, @Nullable Object> input = input(state);
                            Map<String, @Nullable Object> output = state.output();
                            return new ExecutionSnapshot.Step(
                                    step.id(),
                                    step.type(),
                                    step.actionName(),
                                    state.status(),
                                    state.epoch(),
                                    input == null ? null : fitting(input),
                                    output == null ? null : fitting(output),
                                    attempts(state),
                                    state.startedAt(),
                                    state.finishedAt(),
                                    state.nextAttemptAt());
                        })
                        .toList());
    }

    private static @Nullable Map<String, @Nullable Object> input(StepState state) {
        StepWork work = state.work();
        Fan fan = state.fan();
        return fan != null ? fan.input() : work == null ? null : work.input();
    }

    private Map<String, @Nullable Object> fitting(Map<String, @Nullable Object> data) {
        int size = new DataLimit(Math.max(left, 0)).sizeOf(data);
        if (size > left) {
            return NO_ROOM;
        }
        left -= size;
        return data;
    }

    private List<Attempt> attempts(StepState state) {
        List<Attempt> shown = new ArrayList<>();
        for (Attempt attempt : told(state).reversed()) {
            if (left < -RESERVE) {
                break;
            }
            boolean room = left > MAX_ATTEMPT;
            left -= attempt.error() == null ? SMALL : room ? MAX_ATTEMPT : SMALL;
            shown.add(room ? attempt : StepState.withoutAnswer(attempt));
        }
        return shown.reversed();
    }

    /** With what the dispatcher itself found wrong, which no attempt of a worker tells. */
    private static List<Attempt> told(StepState state) {
        StepError own = state.failure();
        Instant end = state.finishedAt();
        Attempt last = state.attempts().isEmpty() ? null : state.attempts().getLast();
        if (own == null || end == null || (last != null && last.error() != null)) {
            return state.attempts();
        }
        List<Attempt> told = new ArrayList<>(state.attempts());
        if (last != null) {
            told.removeLast();
        }
        told.add(
                last == null
                        ? new Attempt(1, "dispatcher", end, end, null, own)
                        : new Attempt(
                                last.number(),
                                last.workerId(),
                                last.startedAt(),
                                last.finishedAt(),
                                last.httpStatus(),
                                own));
        return told;
    }
}
