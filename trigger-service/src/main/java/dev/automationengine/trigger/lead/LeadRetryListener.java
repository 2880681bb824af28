package dev.automationengine.trigger.lead;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    // A pause holds up all partitions of the consumer, and another one may have leads that are due earlier.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

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
        List<LeadNotice> due = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Duration early = read(batch.get(i), now, due);
            if (early.isPositive()) {
                intake.take(due);
                ack.nack(i, early.compareTo(LONGEST_PAUSE) < 0 ? early : LONGEST_PAUSE);
                return;
            }
        }
        intake.take(due);
        ack.acknowledge();
    }

    /**
     * Reads one record, so that what lies behind the first that is not due is read (and, if it is unreadable, put
     * aside) once only, when its turn comes.
     *
     * @return how much too early it is; not positive: it is due, or could not be read
     */
    private Duration read(ConsumerRecord<String, byte[]> record, Instant now, List<LeadNotice> due) {
        for (Received<LeadNotice> notice : reader.read(List.of(record), LeadNotice.class)) {
            Duration early = Duration.between(now, notice.value().notBefore());
            if (early.isPositive()) {
                return early;
            }
            due.add(notice.value());
        }
        return Duration.ZERO;
    }
}
