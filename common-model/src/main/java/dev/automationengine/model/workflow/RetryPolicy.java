package dev.automationengine.model.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often and how soon a step is tried again after a failure that may pass.
 *
 * @param strategy how the delay grows
 * @param attempts tries in all, the first included: 1 to {@value #MAX_ATTEMPTS}
 * @param initialDelay delay before the second try; 1 second if absent
 * @param maxDelay the longest delay; 5 minutes if absent
 */
public record RetryPolicy(Strategy strategy, int attempts, Duration initialDelay, Duration maxDelay) {
    /** The largest number of tries. */
    public static final int MAX_ATTEMPTS = 100;

    private static final Duration DEFAULT_INITIAL_DELAY = Duration.ofSeconds(1);
    private static final Duration DEFAULT_MAX_DELAY = Duration.ofMinutes(5);

    /** What holds where a workflow says nothing: three tries, one and two seconds apart. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Strategy.EXPONENTIAL, 3, null, null);

    /**
     * Fills in what is absent and checks the rest.
     *
     * @throws IllegalArgumentException if the number of tries or a delay is out of range
     */
    @SuppressWarnings({"NullAway", "ConstantValue"}) // Jackson hands null for a member that is absent.
    public RetryPolicy(
            @Nullable Strategy strategy, int attempts, @Nullable Duration initialDelay, @Nullable Duration maxDelay) {
        this.strategy = strategy == null ? Strategy.EXPONENTIAL : strategy;
        this.attempts = attempts;
        this.initialDelay = initialDelay == null ? DEFAULT_INITIAL_DELAY : initialDelay;
        this.maxDelay = maxDelay == null ? DEFAULT_MAX_DELAY : maxDelay;
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempts must be 1 to " + MAX_ATTEMPTS);
        }
        if (this.initialDelay.isNegative() || this.maxDelay.compareTo(this.initialDelay) < 0) {
            throw new IllegalArgumentException("initial_delay must not be negative nor above max_delay");
        }
    }

    /** How the delay grows from try to try. */
    public enum Strategy {
        /** Always the initial delay. */
        @JsonProperty("fixed")
        FIXED,
        /** One initial delay more each time. */
        @JsonProperty("linear")
        LINEAR,
        /** Twice as long each time. */
        @JsonProperty("exponential")
        EXPONENTIAL
    }
}
