package dev.automationengine.connectors.action;

import dev.automationengine.model.execution.StepError;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of an attempt. */
public sealed interface ActionResult {
    /**
     * It was done.
     *
     * @param output what later steps read
     * @param httpStatus status of the answer; null if the action is not a call
     */
    record Succeeded(
            Map<String, @Nullable Object> output, @Nullable Integer httpStatus) implements ActionResult {
        /** Copies the output, keeping its order. */
        public Succeeded {
            output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
        }
    }

    /**
     * It was not done, or nobody knows.
     *
     * @param error why
     * @param retryAfter earliest time of another try, as the third party wishes; null if it said nothing
     * @param outcomeUnknown whether it may have been done all the same
     * @param notAttempted whether nothing was sent at all, for a passing reason that is not the step's: no attempt
     *     should be charged
     */
    record Failed(StepError error, @Nullable Duration retryAfter, boolean outcomeUnknown, boolean notAttempted)
            implements ActionResult {}
}
