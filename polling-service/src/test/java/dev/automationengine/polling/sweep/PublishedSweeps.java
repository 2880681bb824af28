package dev.automationengine.polling.sweep;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.event.InboundMessage.LeadSweep;
import dev.automationengine.model.event.InboundMessage.SweptLead;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;

/** What trigger-service would read. */
@TestComponent
class PublishedSweeps {
    private final FactReader reader;
    private final List<LeadSweep> sweeps = new CopyOnWriteArrayList<>();

    PublishedSweeps(FactReader reader) {
        this.reader = reader;
    }

    @KafkaListener(topics = Topic.Name.INBOUND, groupId = "test-inbound")
    void onMessages(List<ConsumerRecord<String, byte[]>> batch) {
        for (Received<InboundMessage> received : reader.read(batch, InboundMessage.class)) {
            if (received.value() instanceof LeadSweep sweep) {
                sweeps.add(sweep);
            }
        }
    }

    List<LeadSweep> of(OrgId org) {
        return sweeps.stream().filter(sweep -> sweep.orgId().equals(org)).toList();
    }

    Set<String> leadsOf(OrgId org) {
        return of(org).stream()
                .flatMap(sweep -> sweep.leads().stream())
                .map(SweptLead::leadgenId)
                .collect(Collectors.toSet());
    }
}
