package dev.automationengine.dispatcher.trial;

import dev.automationengine.model.execution.ExecutionStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What really happened in an execution.
 *
 * @param status where it stands
 * @param at when it was recorded
 * @param steps the status of its steps, by their names
 * @param outputs what steps gave
 * @param failures how steps failed
 */
record PastRun(
        ExecutionStatus status,
        Instant at,
        Map<String, String> steps,
        Map<String, Map<String, @Nullable Object>> outputs,
        Map<String, Mocks.Failure> failures) {}
