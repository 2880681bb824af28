package dev.automationengine.kit.background;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service's rounds on a virtual thread of its own. While what the service needs is away it tries again each
 * second, and says so in the log once, not each time.
 */
public final class BackgroundLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final BackgroundService service;
    private final Counter failures;
    private final Semaphore stopped = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private volatile boolean running;
    private boolean failing;

    /**
     * A loop that has not begun.
     *
     * @param service whose rounds to run
     * @param meters gets the counter {@code engine.background.failures}
     */
    public BackgroundLoop(BackgroundService service, MeterRegistry meters) {
        this.service = service;
        this.failures = Counter.builder("engine.background.failures")
                .description("Rounds of a background service that failed")
                .tag("service", service.name())
                .register(meters);
    }

    /** Begins, unless it runs already. */
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofVirtual().name(service.name()).start(this::run);
        }
    }

    /** Ends; returns when no round runs any more, at the latest 5 s later, when what hangs has been interrupted. */
    public synchronized void stop() {
        running = false;
        stopped.release();
        Thread started = thread;
        if (started != null) {
            join(started);
            thread = null;
        }
    }

    /** Whether it has been started and not stopped. */
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            rest(roundOrPause());
        }
    }

    private Duration roundOrPause() {
        try {
            Duration rest = service.round();
            if (failing) {
                failing = false;
                LOG.info("{} works again", service.name());
            }
            return rest;
        } catch (RuntimeException e) {
            failures.increment();
            if (!failing) {
                failing = true;
                LOG.warn("{} failed and is tried again until it works", service.name(), e);
            }
            return PAUSE_AFTER_FAILURE;
        }
    }

    private void rest(Duration time) {
        try {
            if (time.isPositive() && stopped.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                stopped.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private static void join(Thread started) {
        try {
            if (!started.join(LONGEST_STOP)) {
                // A round that hangs is cut short: all of them may be repeated.
                started.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
