package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.WorkflowChange;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tells the fleet what a workflow listens to now. What is published is read from the store at that moment, and
 * published again if it changed meanwhile: so the last word in the topic is the last word in the store.
 */
@Component
class WorkflowPublisher {
    private static final int MAX_ROUNDS = 10;

    private final WorkflowStore store;
    private final FactPublisher facts;
    private final WorkflowCache cache;

    WorkflowPublisher(WorkflowStore store, FactPublisher facts, WorkflowCache cache) {
        this.store = store;
        this.facts = facts;
        this.cache = cache;
    }

    /**
     * Publishes where a workflow stands.
     *
     * @throws dev.automationengine.kit.kafka.PublishFailedException if Kafka did not confirm; the mark in the store
     *     stays, so that {@link PendingChangeSweep} does it later
     */
    void publish(OrgId org, WorkflowId id) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<StoredChange> change = store.change(org, id);
            if (change.isEmpty()) {
                return;
            }
            if (change.get().workflow().version() == 0 && !change.get().deleted()) {
                // A draft is nobody's affair.
                if (store.published(change.get())) {
                    return;
                }
                continue;
            }
            if (!change.get().deleted()) {
                store.insertVersion(change.get().workflow());
            }
            cache.invalidate(org);
            facts.publish(List.of(fact(change.get())));
            if (store.published(change.get())) {
                return;
            }
        }
    }

    private Fact fact(StoredChange change) {
        Workflow workflow = change.workflow();
        String key = WorkflowChange.key(workflow.orgId(), workflow.id());
        return new Fact(
                Topic.WORKFLOW_CHANGES,
                key,
                change.deleted() ? null : workflow.change(WorkflowParser.trigger(workflow.trigger())));
    }
}
