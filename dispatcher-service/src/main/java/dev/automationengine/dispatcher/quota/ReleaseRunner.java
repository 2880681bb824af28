package dev.automationengine.dispatcher.quota;

import dev.automationengine.dispatcher.plan.QuotaProperties;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for held executions that may begin, because a plan or the month has changed. Any number of replicas may do it. */
@Component
class ReleaseRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ReleaseRunner.class);

    private final HeldExecutions held;
    private final HeldReleases releases;
    private final QuotaProperties properties;
    private final MeterRegistry meters;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    ReleaseRunner(HeldExecutions held, HeldReleases releases, QuotaProperties properties, MeterRegistry meters) {
        this.held = held;
        this.releases = releases;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("held-executions").start(this::run);
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
                LockSupport.parkNanos(properties.releaseInterval().toNanos());
            }
        }
    }

    /** A page of each organization that has any; tells whether there may be more. */
    private boolean round() {
        boolean any = false;
        try {
            Optional<OrgId> org = held.organizationAfter("");
            while (running && org.isPresent()) {
                any |= release(org.get());
                org = held.organizationAfter(org.get().value());
            }
        } catch (RuntimeException e) {
            log.warn("Held executions cannot be looked for: {}", e.getMessage());
        }
        return any;
    }

    /** One organization's failure holds up nobody else; what is held stays so until the next look. */
    private boolean release(OrgId org) {
        try {
            return releases.release(org) > 0;
        } catch (RuntimeException e) {
            meters.counter("engine.executions.release.failures").increment();
            log.warn("Held executions of {} could not begin and are tried again", org, e);
            return false;
        }
    }
}
