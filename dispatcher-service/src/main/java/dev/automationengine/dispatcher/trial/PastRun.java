package dev.automationengine.dispatcher.trial;

import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What really happened in an execution.
 *
 * @param status where it stands
 * @param at when it was recorded
 * @param trigger what its steps read as such; null: that was too large for the record
 * @param steps the status of its steps, by their names
 * @param outputs what steps gave
 * @param failures how steps failed
 * @param fans which steps started executions, for how many items
 */
record PastRun(
        ExecutionStatus status,
        Instant at,
        @Nullable Map<String, @Nullable Object> trigger,
        Map<String, String> steps,
        Map<String, Map<String, @Nullable Object>> outputs,
        Map<String, Mocks.Failure> failures,
        Map<String, Items> fans) {
    /**
     * What a step started executions for.
     *
     * @param epoch of the step
     * @param count how many items there were
     */
    record Items(int epoch, int count) {}

    /** The executions that its steps started, or would have, had nothing come between. */
    Stream<ExecutionId> children(ExecutionId self) {
        return fans.entrySet().stream()
                .flatMap(fan -> IntStream.range(0, fan.getValue().count())
                        .mapToObj(index -> ExecutionId.child(
                                new JobId(
                                        self,
                                        new StepId(fan.getKey()),
                                        fan.getValue().epoch()),
                                index)));
    }
}
