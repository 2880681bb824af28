package dev.automationengine.kit.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sweeps from time to time. */
final class RetentionLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RetentionLoop.class);

    private final RetentionSweep sweep;
    private final RetentionProperties properties;
    private final MeterRegistry meters;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    RetentionLoop(RetentionSweep sweep, RetentionProperties properties, MeterRegistry meters) {
        this.sweep = sweep;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("retention-sweep").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                sweep.sweep();
            } catch (RuntimeException e) {
                meters.counter("engine.retention.failed").increment();
                log.warn("What is over could not be deleted yet: {}", e.getMessage());
            }
            LockSupport.parkNanos(properties.interval().toNanos());
        }
    }
}
