package dev.automationengine.dispatcher.trial;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for pages of replays that are due. Any number of replicas may do it at the same time. */
@Component
class ReplayRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

    /** The most replays that are looked at in a round, the longest waiting first. */
    private static final int ROUND = 20;

    private final ReplayStore store;
    private final ReplayPages pages;
    private final ReplayProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    ReplayRunner(
            ReplayStore store,
            ReplayPages pages,
            ReplayProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.pages = pages;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("replays").start(this::run);
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
            if (!round()) {
                LockSupport.parkNanos(properties.interval().toNanos());
            }
        }
    }

    /** Whether there was anything to do. */
    private boolean round() {
        try {
            List<Replay> due = store.due(clock.instant(), ROUND);
            boolean any = false;
            for (Replay each : due) {
                any |= running && page(each);
            }
            return any;
        } catch (RuntimeException e) {
            log.warn("Replays cannot be looked for: {}", e.getMessage());
            return false;
        }
    }

    /** A page that fails is done again when its lease is over. */
    private boolean page(Replay due) {
        try {
            return pages.next(due);
        } catch (RuntimeException e) {
            meters.counter("engine.replay.failures").increment();
            log.warn("A page of replay {} of {} failed and comes again", due.id(), due.orgId(), e);
            return false;
        }
    }
}
