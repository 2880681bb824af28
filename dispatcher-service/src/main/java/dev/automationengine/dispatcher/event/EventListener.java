package dev.automationengine.dispatcher.event;

import dev.automationengine.dispatcher.execution.Consequences;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in events. The offset is committed after executions, jobs, snapshots and answers of a batch are durable. */
@Component
class EventListener {
    private final FactReader reader;
    private final ExecutionStarter starter;
    private final Consequences consequences;
    private final AwaitingSteps awaiting;
    private final InstantSource clock;
    private final Timer latency;

    EventListener(
            FactReader reader,
            ExecutionStarter starter,
            Consequences consequences,
            AwaitingSteps awaiting,
            InstantSource clock,
            MeterRegistry meters) {
        this.reader = reader;
        this.starter = starter;
        this.consequences = consequences;
        this.awaiting = awaiting;
        this.clock = clock;
        this.latency = Timer.builder("engine.dispatch.latency")
                .description("from the event's arrival in Kafka until its jobs are queued")
                .publishPercentileHistogram()
                .register(meters);
    }

    @KafkaListener(
            topics = Topic.Name.EVENTS,
            groupId = "dispatcher-events",
            concurrency = "${engine.dispatcher.consumers:3}")
    void onEvents(List<ConsumerRecord<String, byte[]>> batch) {
        List<AutomationEvent> events = storable(reader.read(batch, AutomationEvent.class));
        consequences.carryOut(starter.start(events));
        awaiting.tell(events);
        Instant now = clock.instant();
        batch.forEach(record -> latency.record(Duration.between(Instant.ofEpochMilli(record.timestamp()), now)));
    }

    /** An event that MongoDB would refuse would come back for ever, and nothing behind it would move. */
    private List<AutomationEvent> storable(List<Received<AutomationEvent>> received) {
        List<AutomationEvent> events = new ArrayList<>();
        for (Received<AutomationEvent> each : received) {
            AutomationEvent event = each.value();
            DataLimit.PAYLOAD
                    .storable(event.data().payload())
                    .ifPresentOrElse(
                            payload -> events.add(with(event, payload)),
                            () -> reader.reject(each.source(), "the payload is too large or nested too deep"));
        }
        return events;
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static AutomationEvent with(AutomationEvent event, Map<String, @Nullable Object> payload) {
        return new AutomationEvent(
                event.specversion(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.datacontenttype(),
                event.orgId(),
                event.triggerType(),
                event.traceparent(),
                new AutomationEvent.Data(
                        event.data().match(), payload, event.data().workflowId()));
    }
}
