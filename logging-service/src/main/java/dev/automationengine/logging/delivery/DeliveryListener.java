package dev.automationengine.logging.delivery;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.Retentions;
import dev.automationengine.model.execution.MessageDelivery;
import dev.automationengine.model.topic.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Stores what became of messages, a batch at a time. The batch is committed when MongoDB has it; it may come again. */
@Component
class DeliveryListener {
    private final FactReader reader;
    private final Deliveries deliveries;
    private final Retentions retentions;
    private final DeliveryProperties properties;
    private final InstantSource clock;

    DeliveryListener(
            FactReader reader,
            Deliveries deliveries,
            Retentions retentions,
            DeliveryProperties properties,
            InstantSource clock) {
        this.reader = reader;
        this.deliveries = deliveries;
        this.retentions = retentions;
        this.properties = properties;
        this.clock = clock;
    }

    @KafkaListener(topics = Topic.Name.MESSAGE_DELIVERIES, groupId = "logging-deliveries")
    void onDeliveries(List<ConsumerRecord<String, byte[]>> batch) {
        Map<String, MessageDelivery> latest = new LinkedHashMap<>();
        for (Received<MessageDelivery> received : reader.read(batch, MessageDelivery.class)) {
            MessageDelivery told = received.value();
            latest.merge(told.messageKey(), told, (a, b) -> a.status().compareTo(b.status()) >= 0 ? a : b);
        }
        if (latest.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Map<MessageDelivery, Instant> expiries = new LinkedHashMap<>();
        latest.values()
                .forEach(told -> expiries.put(
                        told, now.plus(retentions.of(told.orgId(), Kept.EXECUTION_LOGS, properties.retention()))));
        deliveries.write(expiries);
    }
}
