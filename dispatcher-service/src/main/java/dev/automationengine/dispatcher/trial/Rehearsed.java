package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.Parent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run in memory came out.
 *
 * @param root the execution that the event started
 * @param runs it, and all that steps started, in the order in which they began
 * @param end the time at its end, after all jumps
 * @param stop the limit that it ran into; null: none
 */
record Rehearsed(
        ExecutionId root,
        Map<ExecutionId, Rehearsal.Run> runs,
        Instant end,
        @Nullable Stop stop) {
    /** A limit. */
    enum Stop {
        /** Too many steps were done. */
        @JsonProperty("steps")
        STEPS,
        /** It took too long. */
        @JsonProperty("time")
        TIME
    }

    Rehearsal.Run rootRun() {
        return Objects.requireNonNull(runs.get(root));
    }

    Execution rootExecution() {
        return rootRun().execution();
    }

    /** What a step of an execution started. */
    List<Rehearsal.Run> children(ExecutionId of, StepId step) {
        return runs.values().stream()
                .filter(run -> run.execution().parent() instanceof Parent parent
                        && parent.execution().equals(of)
                        && parent.step().equals(step))
                .toList();
    }
}
