package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears of changes that other replicas made. Each replica is a group of its own. */
@Component
class WorkflowChangeListener {
    private static final Logger log = LoggerFactory.getLogger(WorkflowChangeListener.class);

    private final WorkflowCache cache;

    WorkflowChangeListener(WorkflowCache cache) {
        this.cache = cache;
    }

    @KafkaListener(
            topics = Topic.Name.WORKFLOW_CHANGES,
            groupId = "dispatcher-workflows-#{T(java.util.UUID).randomUUID()}")
    void onChanges(List<ConsumerRecord<String, byte[]>> batch) {
        batch.forEach(change -> invalidate(change.key()));
    }

    private void invalidate(String key) {
        try {
            cache.invalidate(new OrgId(key.substring(0, Math.max(0, key.indexOf(':')))));
        } catch (IllegalArgumentException e) {
            log.warn("A change of a workflow has a key of another form and is left out");
        }
    }
}
