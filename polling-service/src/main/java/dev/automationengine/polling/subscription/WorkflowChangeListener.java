package dev.automationengine.polling.subscription;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.polling.source.PollTriggers;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps {@link FormSubscriptions} and {@link PollTriggers}: every replica reads the whole topic at its start and follows it from there. */
@Component
class WorkflowChangeListener {
    private final FactReader reader;
    private final FormSubscriptions subscriptions;
    private final PollTriggers triggers;

    WorkflowChangeListener(FactReader reader, FormSubscriptions subscriptions, PollTriggers triggers) {
        this.reader = reader;
        this.subscriptions = subscriptions;
        this.triggers = triggers;
    }

    // A group that never was before has no offsets: it starts at the beginning.
    @KafkaListener(
            topics = Topic.Name.WORKFLOW_CHANGES,
            groupId = "polling-subscriptions-#{T(java.util.UUID).randomUUID()}",
            containerFactory = "wholeTopicListeners")
    void onChanges(List<ConsumerRecord<String, byte[]>> batch) {
        reader.read(batch, WorkflowChange.class)
                .forEach(received -> apply(received.source().key(), received.value()));
        // A workflow's id is never used again, so its deletion is the last that is said about it.
        batch.stream().filter(change -> change.value() == null).forEach(deleted -> apply(deleted.key(), null));
    }

    private void apply(String key, @Nullable WorkflowChange change) {
        subscriptions.apply(key, change);
        triggers.apply(key, change);
    }
}
