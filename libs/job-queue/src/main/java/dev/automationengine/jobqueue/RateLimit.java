package dev.automationengine.jobqueue;

import static java.lang.Math.ceilDiv;

import java.time.Duration;

/**
 * How many jobs may start in a time: a bucket that holds so many permits and fills evenly. After a rest up to
 * {@code permits} jobs start at once, then one each {@code period / permits}; so in any time t at most
 * {@code permits · (1 + t / period)}. Where a third party counts in windows and closes for good when one is exceeded,
 * give it half of what it allows.
 *
 * @param permits jobs per period; 1 to {@value #MOST_PERMITS}
 * @param period 1 ms to 31 days
 */
public record RateLimit(int permits, Duration period) {
    private static final int MOST_PERMITS = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final long NANOS_PER_MICRO = 1000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public RateLimit {
        if (permits < 1 || permits > MOST_PERMITS) {
            throw new IllegalArgumentException("a rate limit has 1 to " + MOST_PERMITS + " permits");
        }
        if (period.toMillis() < 1 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the period of a rate limit is between 1 ms and " + LONGEST);
        }
    }

    /** Time between two permits, rounded up to whole microseconds: more would be more than was allowed. */
    long microsPerPermit() {
        return ceilDiv(period.toNanos(), permits * NANOS_PER_MICRO);
    }
}
