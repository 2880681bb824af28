package dev.automationengine.localstack.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A bucket of allowed messages per key, that fills with time. Unlimited until {@link #allow} is called. Thread-safe.
 */
final class SendingRate {
    private final Map<String, Instant> emptyUntil = new HashMap<>();
    private final InstantSource clock;
    private Duration each = Duration.ZERO;
    private int burst;

    SendingRate(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Limits from now on.
     *
     * @param pause that each message takes out of the bucket's time; zero: no limit
     * @param most messages at once
     */
    synchronized void allow(Duration pause, int most) {
        each = pause;
        burst = most;
        emptyUntil.clear();
    }

    /** Whether one more may be sent now; it counts if it may. */
    synchronized boolean take(String key) {
        if (each.isZero()) {
            return true;
        }
        Instant now = clock.instant();
        Instant start = emptyUntil.getOrDefault(key, now);
        Instant next = (start.isBefore(now) ? now : start).plus(each);
        if (next.isAfter(now.plus(each.multipliedBy(burst)))) {
            return false;
        }
        emptyUntil.put(key, next);
        return true;
    }
}
