package dev.automationengine.trigger.ledger;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.trigger.intake.Mention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the executions of leads. A batch is committed when the ledger has it. */
@Component
class LeadDeliveryListener {
    private static final Mention LEAD = new Mention(Trigger.META_LEAD_AD);

    private final FactReader reader;
    private final LeadDeliveries deliveries;

    LeadDeliveryListener(FactReader reader, LeadDeliveries deliveries) {
        this.reader = reader;
        this.deliveries = deliveries;
    }

    @KafkaListener(topics = Topic.Name.EXECUTION_LOGS, groupId = "trigger-lead-ledger")
    void onSnapshots(List<ConsumerRecord<String, byte[]>> batch) {
        List<ConsumerRecord<String, byte[]>> candidates =
                batch.stream().filter(LEAD::isIn).toList();
        Map<ExecutionId, ExecutionSnapshot> newest = new HashMap<>();
        reader.read(candidates, ExecutionSnapshot.class).stream()
                .map(Received::value)
                .filter(snapshot -> snapshot.triggerType().equals(Trigger.META_LEAD_AD) && snapshot.parent() == null)
                .forEach(snapshot -> newest.merge(
                        snapshot.executionId(), snapshot, (one, other) -> one.rev() >= other.rev() ? one : other));
        deliveries.write(newest.values());
    }
}
