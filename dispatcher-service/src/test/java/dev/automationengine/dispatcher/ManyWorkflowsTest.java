package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.BatchMessageListener;

/** An organization with thousands of workflows costs an event no query for each of them. */
@Import(BatchCostTest.Counting.class)
class ManyWorkflowsTest extends DispatcherScene {
    private static final int WORKFLOWS = 5_000;
    private static final int MATCHING = 100;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Test
    void an_event_that_matches_a_hundred_of_five_thousand_workflows_stays_within_the_batch() {
        WorkflowId one = create(Seed.JSON);
        Document template = Objects.requireNonNull(mongo().getCollection("workflows")
                .find(new Document("_id", one.value()).append("org_id", org.value()))
                .first());
        copies(template);

        BatchCostTest.COMMANDS.clear();
        deliver(event());
        List<String> first = List.copyOf(BatchCostTest.COMMANDS);
        BatchCostTest.COMMANDS.clear();
        deliver(event());

        // The definitions are read by one query, and then no more.
        assertThat(first.stream().filter("find workflow_versions"::equals).count())
                .isLessThanOrEqualTo(1);
        assertThat(first.stream().filter("insert executions"::equals).count()).isEqualTo(1);
        assertThat(BatchCostTest.COMMANDS.stream().filter(each -> !each.equals("find workflows")))
                .containsExactly("insert executions");
        assertThat(mongo().getCollection("executions").countDocuments(new Document("org_id", org.value())))
                .isEqualTo(2L * MATCHING);
    }

    private void copies(Document template) {
        List<Document> workflows = new ArrayList<>();
        List<Document> versions = new ArrayList<>();
        for (int i = 1; i < WORKFLOWS; i++) {
            WorkflowId id = WorkflowId.random();
            Document trigger = new Document("type", "META_LEAD_AD")
                    .append("config", new Document("form_id", i < MATCHING ? Seed.FORM : Integer.toString(i)));
            Document copy = new Document(template).append("_id", id.value()).append("trigger", trigger);
            workflows.add(copy);
            versions.add(new Document(copy).append("_id", id + ":1").append("workflow_id", id.value()));
        }
        mongo().getCollection("workflows").insertMany(workflows);
        mongo().getCollection("workflow_versions").insertMany(versions);
        // As a change by another replica is heard of.
        rest().post("/v1/workflows/" + template.getString("_id") + ":deactivate", "");
        rest().post("/v1/workflows/" + template.getString("_id") + ":activate", "");
    }

    private AutomationEvent event() {
        return lead(Map.of("email", "joe@example.com"));
    }

    @SuppressWarnings("unchecked")
    private void deliver(AutomationEvent event) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topic.EVENTS.topicName(), 0, 0, "key", json().writeValueAsBytes(event));
        listeners.getListenerContainers().stream()
                .filter(container -> "dispatcher-events".equals(container.getGroupId()))
                .map(container -> container.getContainerProperties().getMessageListener())
                .filter(BatchMessageListener.class::isInstance)
                .findFirst()
                .ifPresent(listener ->
                        ((BatchMessageListener<String, byte[]>) listener).onMessage(List.of(record), null, null));
    }
}
