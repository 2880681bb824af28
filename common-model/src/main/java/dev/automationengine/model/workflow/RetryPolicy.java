package dev.automationengine.model.workflow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often and how soon a step is tried again after a failure that may pass. Being throttled, and being refused for a
 * credential that a person may mend, do not use up the tries: each has a budget of its own.
 *
 * @param strategy how the delay grows
 * @param attempts tries in all, the first included: 1 to {@value #MAX_ATTEMPTS}
 * @param initialDelay delay before the second try; 1 second if absent
 * @param maxDelay the longest delay; 5 minutes if absent
 * @param throttle what a step may spend on being throttled; {@link #DEFAULT_THROTTLE} if absent
 * @param authentication what a step may spend on a refused credential; {@link #DEFAULT_AUTHENTICATION} if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryPolicy(
        Strategy strategy,
        int attempts,
        Duration initialDelay,
        Duration maxDelay,
        @Nullable Budget throttle,
        @Nullable Budget authentication) {
    /** The largest number of tries. */
    public static final int MAX_ATTEMPTS = 100;

    /** Throttled tries of a step that says nothing about them. */
    public static final Budget DEFAULT_THROTTLE = new Budget(100, Duration.ofHours(24));

    /** Tries with a refused credential of a step that says nothing about them: after 5 and 15 minutes, then hourly. */
    public static final Budget DEFAULT_AUTHENTICATION = new Budget(26, Duration.ofHours(24));

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
            @Nullable Strategy strategy,
            int attempts,
            @Nullable Duration initialDelay,
            @Nullable Duration maxDelay,
            @Nullable Budget throttle,
            @Nullable Budget authentication) {
        this.strategy = strategy == null ? Strategy.EXPONENTIAL : strategy;
        this.attempts = attempts;
        this.initialDelay = initialDelay == null ? DEFAULT_INITIAL_DELAY : initialDelay;
        this.maxDelay = maxDelay == null ? DEFAULT_MAX_DELAY : maxDelay;
        this.throttle = throttle;
        this.authentication = authentication;
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempts must be 1 to " + MAX_ATTEMPTS);
        }
        if (this.initialDelay.isNegative() || this.maxDelay.compareTo(this.initialDelay) < 0) {
            throw new IllegalArgumentException("initial_delay must not be negative nor above max_delay");
        }
    }

    /** With the default budgets. */
    public RetryPolicy(
            @Nullable Strategy strategy, int attempts, @Nullable Duration initialDelay, @Nullable Duration maxDelay) {
        this(strategy, attempts, initialDelay, maxDelay, null, null);
    }

    /** What the step may spend on being throttled. */
    @JsonIgnore
    public Budget throttleBudget() {
        return throttle == null ? DEFAULT_THROTTLE : throttle;
    }

    /** What the step may spend on a refused credential. */
    @JsonIgnore
    public Budget authenticationBudget() {
        return authentication == null ? DEFAULT_AUTHENTICATION : authentication;
    }

    /**
     * Tries of one kind of failure.
     *
     * @param attempts tries that may fail so, the first included: 1 to {@value #MAX_ATTEMPTS}
     * @param within counted from the first of them; positive
     */
    public record Budget(int attempts, Duration within) {
        /**
         * Checks the limits.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Budget {
            if (attempts < 1 || attempts > MAX_ATTEMPTS) {
                throw new IllegalArgumentException("attempts must be 1 to " + MAX_ATTEMPTS);
            }
            if (!within.isPositive()) {
                throw new IllegalArgumentException("within must be positive");
            }
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
