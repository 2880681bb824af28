package dev.automationengine.trigger.lead;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/** Tries leads again when they are due. The container pauses until then; it blocks no thread and no other topic. */
@Component
class LeadRetryListener {
    private static final String GROUP = "trigger-lead-retry";
    private static final String FACTORY = "leadRetryListeners";

    private final FactReader reader;
    private final LeadIntake intake;
    private final InstantSource clock;

    LeadRetryListener(FactReader reader, LeadIntake intake, InstantSource clock) {
        this.reader = reader;
        this.intake = intake;
        this.clock = clock;
    }

    @KafkaListener(topics = Topic.Name.LEAD_RETRY_SHORT, groupId = GROUP, containerFactory = FACTORY)
    void onShort(List<ConsumerRecord<String, byte[]>> batch, Acknowledgment ack) {
        retry(batch, ack);
    }

    @KafkaListener(topics = Topic.Name.LEAD_RETRY_MEDIUM, groupId = GROUP, containerFactory = FACTORY)
    void onMedium(List<ConsumerRecord<String, byte[]>> batch, Acknowledgment ack) {
        retry(batch, ack);
    }

    @KafkaListener(topics = Topic.Name.LEAD_RETRY_LONG, groupId = GROUP, containerFactory = FACTORY)
    void onLong(List<ConsumerRecord<String, byte[]>> batch, Acknowledgment ack) {
        retry(batch, ack);
    }

    private void retry(List<ConsumerRecord<String, byte[]>> batch, Acknowledgment ack) {
        Instant now = clock.instant();
        List<Received<LeadNotice>> notices = reader.read(batch, LeadNotice.class);
        List<Received<LeadNotice>> due = notices.stream()
                .takeWhile(n -> !n.value().notBefore().isAfter(now))
                .toList();
        intake.take(due.stream().map(Received::value).toList());
        if (due.size() == notices.size()) {
            ack.acknowledge();
        } else {
            Received<LeadNotice> next = notices.get(due.size());
            ack.nack(
                    batch.indexOf(next.source()),
                    Duration.between(now, next.value().notBefore()));
        }
    }
}
