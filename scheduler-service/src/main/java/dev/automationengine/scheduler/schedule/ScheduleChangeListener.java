package dev.automationengine.scheduler.schedule;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.WorkflowChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Keeps {@link ScheduleStore}. Every replica reads the whole topic at its start, so a collection that was lost is there
 * again; what is known already is not written.
 */
@Component
class ScheduleChangeListener {
    private final FactReader reader;
    private final ScheduleStore store;

    ScheduleChangeListener(FactReader reader, ScheduleStore store) {
        this.reader = reader;
        this.store = store;
    }

    // A group that never was before has no offsets: it starts at the beginning.
    @KafkaListener(
            topics = Topic.Name.WORKFLOW_CHANGES,
            groupId = "scheduler-schedules-#{T(java.util.UUID).randomUUID()}",
            containerFactory = "wholeTopicListeners")
    void onChanges(List<ConsumerRecord<String, byte[]>> batch) {
        Map<String, Optional<WorkflowChange>> latest = new LinkedHashMap<>();
        Map<ConsumerRecord<String, byte[]>, WorkflowChange> readable = new LinkedHashMap<>();
        for (Received<WorkflowChange> received : reader.read(batch, WorkflowChange.class)) {
            readable.put(received.source(), received.value());
        }
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.value() == null || readable.containsKey(record)) {
                latest.put(record.key(), Optional.ofNullable(readable.get(record)));
            }
        }
        take(latest);
    }

    private void take(Map<String, Optional<WorkflowChange>> latest) {
        List<WorkflowChange> present =
                latest.values().stream().flatMap(Optional::stream).toList();
        Map<WorkflowId, Document> stored = present.isEmpty()
                ? Map.of()
                : store.stored(
                        present.stream().map(WorkflowChange::orgId).toList(),
                        present.stream().map(WorkflowChange::workflowId).toList());
        List<ScheduleChange> changes = new ArrayList<>();
        present.forEach(change ->
                ScheduleChange.of(change, stored.get(change.workflowId())).ifPresent(changes::add));
        latest.forEach((key, change) -> {
            if (change.isEmpty()) {
                gone(key).ifPresent(changes::add);
            }
        });
        store.take(changes);
    }

    private static Optional<ScheduleChange> gone(String key) {
        int colon = key.indexOf(':');
        try {
            return Optional.of(ScheduleChange.gone(
                    new OrgId(key.substring(0, Math.max(colon, 0))), new WorkflowId(key.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            // Not a key of ours: nothing of it is stored here.
            return Optional.empty();
        }
    }
}
