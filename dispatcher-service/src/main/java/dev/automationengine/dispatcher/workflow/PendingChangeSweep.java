package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.DispatcherProperties;
import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Publishes changes of workflows that were stored but not published, because Kafka was away or the service died
 * between the two. Any number of replicas may do it at the same time.
 */
@Component
class PendingChangeSweep implements BackgroundService {
    private static final int PAGE = 100;

    private final WorkflowStore store;
    private final WorkflowPublisher publisher;
    private final DispatcherProperties properties;
    private final Counter published;

    PendingChangeSweep(
            WorkflowStore store, WorkflowPublisher publisher, DispatcherProperties properties, MeterRegistry meters) {
        this.store = store;
        this.publisher = publisher;
        this.properties = properties;
        this.published = meters.counter("engine.workflow.changes.swept");
    }

    @Override
    public String name() {
        return "pending-changes";
    }

    @Override
    public Duration round() {
        List<StoredChange> pending = store.pending(PAGE);
        for (StoredChange change : pending) {
            publisher.publish(change.workflow().orgId(), change.workflow().id());
            published.increment();
        }
        return pending.size() == PAGE ? Duration.ZERO : properties.sweepInterval();
    }
}
