package dev.automationengine.kit.ratelimit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether Redis answers in time. Calls ask it only while it does; whether it is back is found out in the
 * background, so that an absent Redis costs no call anything.
 */
final class RedisReach {
    private static final Logger log = LoggerFactory.getLogger(RedisReach.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final int MISSES_TO_WARN = 5;

    private final LimitStore store;
    private final Duration interval;
    private final InstantSource clock;
    private volatile boolean reached;
    private volatile @Nullable Thread thread;
    private @Nullable Instant lastWarning;
    private boolean warned;
    private int misses;

    RedisReach(LimitStore store, Duration interval, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        this.interval = interval;
        this.clock = clock;
        Gauge.builder("engine.limiter.redis.away", () -> reached ? 0 : 1)
                .description("1 while each replica counts for itself")
                .register(meters);
    }

    boolean reached() {
        return reached;
    }

    /** Redis did not answer a call. */
    synchronized void lost(AwayException why) {
        if (why.getCause() instanceof InterruptedException || !reached) {
            return;
        }
        reached = false;
        warn(why);
    }

    void start() {
        thread = Thread.ofVirtual().name("limiter-probe").start(this::watch);
    }

    void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!reached) {
                    probe();
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe() {
        try {
            store.probe();
            found();
        } catch (AwayException e) {
            missed(e);
        }
    }

    private synchronized void missed(AwayException why) {
        misses++;
        // The first ones only open the connection, which takes longer than a call may.
        if (misses >= MISSES_TO_WARN) {
            warn(why);
        }
    }

    private void warn(AwayException why) {
        Instant now = clock.instant();
        if (lastWarning == null || now.isAfter(lastWarning.plus(BETWEEN_WARNINGS))) {
            lastWarning = now;
            warned = true;
            log.warn(
                    "Redis does not answer in time: each replica holds the limits for itself ({})",
                    String.valueOf(why.getCause()));
        }
    }

    private synchronized void found() {
        reached = true;
        misses = 0;
        if (warned) {
            warned = false;
            log.info("Redis answers again: all replicas hold the limits together");
        }
    }
}
