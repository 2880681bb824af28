package dev.automationengine.worker.attempt;

import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to try again. Pure.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
final class RetrySchedule {
    /** Beyond this many doublings every delay is at its cap. */
    private static final int MOST_DOUBLINGS = 40;

    private RetrySchedule() {}

    /**
     * The wait before the next try. An exponential delay is spread over the whole range from nothing (full jitter), so
     * that steps that failed together do not come back together; fixed and linear ones are kept as the author wrote
     * them.
     *
     * @param policy the step's policy
     * @param failures tries that have failed, 1 or more
     * @param retryAfter what the third party asked for; the next try is never earlier. Null if it asked nothing
     * @param random gives numbers from 0 to below 1
     */
    static Duration delay(RetryPolicy policy, int failures, @Nullable Duration retryAfter, DoubleSupplier random) {
        Duration own = switch (policy.strategy()) {
            case FIXED -> policy.initialDelay();
            case LINEAR -> capped(policy, failures);
            case EXPONENTIAL ->
                scaled(capped(policy, Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS))), random.getAsDouble());
        };
        if (retryAfter == null) {
            return own;
        }
        // All that wait for the same third party must not come back in the same moment.
        Duration asked = retryAfter.plus(scaled(policy.initialDelay(), random.getAsDouble()));
        return own.compareTo(asked) > 0 ? own : asked;
    }

    private static Duration capped(RetryPolicy policy, double factor) {
        double millis = policy.initialDelay().toMillis() * factor;
        return millis >= policy.maxDelay().toMillis() ? policy.maxDelay() : Duration.ofMillis((long) millis);
    }

    private static Duration scaled(Duration delay, double factor) {
        return Duration.ofMillis((long) (delay.toMillis() * factor));
    }
}
