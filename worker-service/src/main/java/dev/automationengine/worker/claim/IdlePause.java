package dev.automationengine.worker.claim;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How long an idle poller sleeps: twice as long each time, until somebody wakes it. */
final class IdlePause {
    static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(5);

    private final Semaphore wakes = new Semaphore(0);
    private Duration next = SHORTEST;

    /** Sleeps; only the poller's thread calls it. */
    void await() throws InterruptedException {
        if (wakes.tryAcquire(next.toNanos(), TimeUnit.NANOSECONDS)) {
            // Many wake-ups are one.
            wakes.drainPermits();
            next = SHORTEST;
        } else {
            next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        }
    }

    /** Sleeps for the longest time, whoever calls: something is broken. */
    void awaitLongest() throws InterruptedException {
        Thread.sleep(LONGEST);
    }

    void reset() {
        next = SHORTEST;
    }

    /** Ends the sleep. Never blocks. */
    void wake() {
        wakes.release();
    }
}
