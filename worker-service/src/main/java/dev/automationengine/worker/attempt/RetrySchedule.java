package dev.automationengine.worker.attempt;

import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before another try. Pure.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
final class RetrySchedule {
    /** Beyond this many doublings every delay is at its cap. */
    private static final int MOST_DOUBLINGS = 40;

    /** WhatsApp's own advice is 4^X seconds; the cap keeps a waiting job in Redis. */
    private static final double THROTTLE_GROWTH = 4;

    private static final Duration LONGEST_THROTTLE = Duration.ofMinutes(15);
    private static final int MOST_THROTTLE_STEPS = 5;

    /** A person who mends a credential does so soon, or the next morning. */
    private static final List<Duration> REFUSED =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private static final double REFUSED_SPREAD = 0.1;

    private RetrySchedule() {}

    /**
     * The wait that the policy says. An exponential delay is spread over the whole range from nothing (full jitter), so
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
            case LINEAR -> capped(policy.initialDelay(), failures, policy.maxDelay());
            case EXPONENTIAL ->
                scaled(
                        capped(
                                policy.initialDelay(),
                                Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS)),
                                policy.maxDelay()),
                        random.getAsDouble());
        };
        return retryAfter == null ? own : longer(own, spread(retryAfter, policy.initialDelay(), random));
    }

    /**
     * The wait of a throttled step: what the third party asked for, else 1, 4, 16, 64 s and so on up to 15 minutes, the
     * upper half of it at random.
     *
     * @param failures throttled tries, 1 or more
     */
    static Duration throttled(RetryPolicy policy, int failures, @Nullable Duration retryAfter, DoubleSupplier random) {
        if (retryAfter != null) {
            return spread(retryAfter, policy.initialDelay(), random);
        }
        double growth = Math.pow(THROTTLE_GROWTH, Math.min(failures - 1, MOST_THROTTLE_STEPS));
        Duration longest = capped(Duration.ofSeconds(1), growth, LONGEST_THROTTLE);
        return scaled(longest, (1 + random.getAsDouble()) / 2);
    }

    /**
     * The wait of a step whose credential is refused: 5 minutes, 15 minutes, then an hour each time, up to a tenth
     * less.
     *
     * @param failures refused tries, 1 or more
     */
    static Duration refused(int failures, @Nullable Duration retryAfter, DoubleSupplier random) {
        Duration step = REFUSED.get(Math.min(failures, REFUSED.size()) - 1);
        Duration own = scaled(step, 1 - REFUSED_SPREAD * random.getAsDouble());
        return retryAfter == null ? own : longer(own, retryAfter);
    }

    /** All that wait for the same third party must not come back in the same moment. */
    private static Duration spread(Duration asked, Duration width, DoubleSupplier random) {
        return asked.plus(scaled(width, random.getAsDouble()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration capped(Duration unit, double factor, Duration cap) {
        double millis = unit.toMillis() * factor;
        return millis >= cap.toMillis() ? cap : Duration.ofMillis((long) millis);
    }

    private static Duration scaled(Duration delay, double factor) {
        return Duration.ofMillis((long) (delay.toMillis() * factor));
    }
}
