package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.topic.Topic;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** Writers that meet on one execution, as they do while partitions move from one replica to another. */
@SpringBootTest(properties = "spring.kafka.listener.auto-startup=false")
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
class AdvancementRaceTest {
    private static final int STEPS = 6;

    @Test
    void nothing_is_lost_when_all_report_at_the_same_time(
            @Autowired MongoOperations mongo, @Autowired ExecutionStore store, @Autowired Advancement advancement)
            throws Exception {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add("{\"id\": \"s" + i + "\", \"type\": \"ACTION\", \"action\": \"CRM_INSERT\","
                    + " \"config\": {\"field_mapping\": {\"email\": \"x\"}}}");
        }
        String source = "{\"name\": \"wide\", \"trigger\": {\"type\": \"WEBHOOK\", \"config\": {\"path\": \"x\"}},"
                + " \"steps\": [" + String.join(",", steps) + "]}";
        Definition definition = Seed.parse(source);
        store(mongo, source);
        Execution pending = Runs.pending(definition, Map.of());
        Settled begun = new Settled(pending, Advance.start(pending, definition, Runs.NOW), definition, null);
        Execution execution = begun.advanced().next();
        assertThat(store.insert(List.of(begun))).isEmpty();
        assertThat(store.insert(List.of(begun))).containsExactly(execution.id());

        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reports = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                StepEvent report = Runs.completed(execution, "s" + i, 1, 1);
                reports.add(threads.submit(() -> {
                    go.await();
                    return advancement.apply(List.of(received(report)));
                }));
            }
            go.countDown();
            for (Future<?> report : reports) {
                report.get();
            }
        }

        Execution end = store.find(Map.of(execution.id(), execution.orgId())).get(execution.id());
        assertThat(end).isNotNull();
        assertThat(end.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(end.rev()).isEqualTo(1 + STEPS);
    }

    @Test
    void an_execution_is_read_as_it_was_written(@Autowired ExecutionDocuments documents) {
        Definition definition = Seed.parse(Seed.JSON);
        Execution pending = Runs.pending(
                definition,
                Map.of("fields", Map.of("email", "a@example.com", "full_name", "A", "phone_number", "1"), "n", 1.5));
        Execution started = Advance.start(pending, definition, Runs.NOW).next();
        Execution retrying = Advance.advance(started, definition, Runs.attemptFailed(started, "step_2", 1, 4), Runs.NOW)
                .next();
        Execution failed = Advance.advance(retrying, definition, Runs.failed(started, "step_2", 2, 6), Runs.NOW)
                .next();

        for (Execution each : List.of(started, retrying, failed)) {
            assertThat(documents.execution(documents.document(each))).isEqualTo(each);
        }
        assertThat(documents
                        .update(started, retrying)
                        .get("$set", Document.class)
                        .keySet())
                .containsExactlyInAnyOrder("status", "rev", "updated_at", "steps.step_2");
    }

    private static void store(MongoOperations mongo, String source) {
        Document version = Document.parse(source)
                .append("_id", Runs.WORKFLOW + ":1")
                .append("org_id", Runs.ORG.value())
                .append("workflow_id", Runs.WORKFLOW.value())
                .append("is_active", true)
                .append("version", 1)
                .append("rev", 1L)
                .append("created_at", Date.from(Runs.NOW))
                .append("updated_at", Date.from(Runs.NOW));
        mongo.getCollection("workflow_versions").insertOne(version);
    }

    private static Received<StepEvent> received(StepEvent event) {
        return new Received<>(new ConsumerRecord<>(Topic.STEP_EVENTS.topicName(), 0, 0, "k", new byte[0]), event);
    }
}
