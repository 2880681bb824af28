package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.DispatcherProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Publishes changes of workflows that were stored but not published, because Kafka was away or the service died
 * between the two. Any number of replicas may do it at the same time.
 */
@Component
class PendingChangeSweep implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PendingChangeSweep.class);
    private static final int PAGE = 100;

    private final WorkflowStore store;
    private final WorkflowPublisher publisher;
    private final DispatcherProperties properties;
    private final Counter published;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    PendingChangeSweep(
            WorkflowStore store, WorkflowPublisher publisher, DispatcherProperties properties, MeterRegistry meters) {
        this.store = store;
        this.publisher = publisher;
        this.properties = properties;
        this.published = meters.counter("engine.workflow.changes.swept");
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("pending-change-sweep").start(this::run);
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
                sweep();
            } catch (RuntimeException e) {
                log.warn("Changes of workflows could not be published yet: {}", e.getMessage());
            }
            LockSupport.parkNanos(properties.sweepInterval().toNanos());
        }
    }

    private void sweep() {
        List<StoredChange> pending;
        do {
            pending = store.pending(PAGE);
            for (StoredChange change : pending) {
                publisher.publish(change.workflow().orgId(), change.workflow().id());
                published.increment();
            }
        } while (running && pending.size() == PAGE);
    }
}
