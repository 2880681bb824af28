package dev.automationengine.polling.source;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.event.InboundMessage.PolledRecord;
import dev.automationengine.model.event.InboundMessage.PolledRecords;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;

/** What trigger-service would read. */
@TestComponent
class PublishedRecords {
    private final FactReader reader;
    private final List<PolledRecords> messages = new CopyOnWriteArrayList<>();

    PublishedRecords(FactReader reader) {
        this.reader = reader;
    }

    @KafkaListener(topics = Topic.Name.INBOUND, groupId = "test-inbound-records")
    void onMessages(List<ConsumerRecord<String, byte[]>> batch) {
        for (Received<InboundMessage> received : reader.read(batch, InboundMessage.class)) {
            if (received.value() instanceof PolledRecords records) {
                messages.add(records);
            }
        }
    }

    List<PolledRecords> of(OrgId org) {
        return messages.stream().filter(message -> message.orgId().equals(org)).toList();
    }

    /** As often as they were published. */
    List<String> identitiesOf(OrgId org) {
        return of(org).stream()
                .flatMap(message -> message.records().stream())
                .map(PolledRecord::identity)
                .toList();
    }
}
