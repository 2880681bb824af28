package dev.automationengine.trigger.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.trigger.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** Executions that fail become events for those who listen, and for nobody else. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext // Another context of the same consumer groups must not share the partitions.
class FailureListenerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final OrgId org = OrgId.random();
    private final WorkflowId leads = WorkflowId.random();

    @Autowired
    private FactPublisher facts;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Subscriptions subscriptions;

    @Autowired
    private MeterRegistry meters;

    @Value("${spring.kafka.bootstrap-servers}")
    private String kafka = "";

    /** The topics are the dispatcher's, which is not here to create them. */
    @BeforeEach
    void dispatchersTopics(@Autowired KafkaAdmin kafka) {
        kafka.createOrModifyTopics(
                TopicBuilder.name(Topic.Name.WORKFLOW_CHANGES)
                        .partitions(3)
                        .compact()
                        .build(),
                TopicBuilder.name(Topic.Name.EXECUTION_LOGS).partitions(3).build(),
                TopicBuilder.name(Topic.EXECUTION_LOGS.deadLetterName())
                        .partitions(3)
                        .build());
    }

    @Test
    void a_failure_is_told_once_however_often_it_is_heard_of() {
        listenToFailures(Map.of());
        ExecutionSnapshot failed = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(failed, failed);
        ExecutionSnapshot last = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(failed, last);

        awaitTold(last);
        assertThat(told()).hasSize(2);
        Document payload = event(failed).get("payload", Document.class);
        assertThat(payload)
                .containsEntry("execution_id", failed.executionId().value())
                .containsEntry("trigger", new Document("fields", new Document("email", "joe@example.com")));
        assertThat(payload.get("error", Document.class))
                .containsEntry("class", "rejected")
                .containsEntry("code", "invalid_email")
                .doesNotContainKey("answer");
    }

    @Test
    void what_did_not_fail_what_a_failure_itself_started_and_what_a_person_tried_is_not_told() {
        listenToFailures(Map.of());
        publish(
                snapshot("META_LEAD_AD", ExecutionStatus.COMPLETED, leads),
                snapshot("ERROR", ExecutionStatus.FAILED, leads),
                snapshot("TEST", ExecutionStatus.FAILED, leads));
        ExecutionSnapshot last = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(last);

        awaitTold(last);
        assertThat(told()).hasSize(1);
    }

    @Test
    void what_another_execution_started_is_told_by_that_one() {
        listenToFailures(Map.of());
        ExecutionSnapshot above = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        ExecutionSnapshot.Parent parent = new ExecutionSnapshot.Parent(above.executionId(), new StepId("each"), 0);
        publish(snapshot(org, "FOR_EACH", ExecutionStatus.FAILED, leads, parent), above);

        awaitTold(above);
        assertThat(told()).hasSize(1);
    }

    @Test
    void only_the_workflows_that_somebody_asked_for_are_told_of() {
        listenToFailures(Map.of("workflow_ids", List.of(leads.value())));
        publish(snapshot("META_LEAD_AD", ExecutionStatus.FAILED, WorkflowId.random()));
        ExecutionSnapshot last = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(last);

        awaitTold(last);
        assertThat(told()).hasSize(1);
    }

    @Test
    void nobody_is_told_while_no_active_workflow_listens() {
        listenToFailures(Map.of());
        OrgId without = OrgId.random();
        OrgId switchedOff = OrgId.random();
        change(switchedOff, WorkflowId.random(), false, Map.of());
        await().atMost(SOON).until(() -> !subscriptions.of(switchedOff).isEmpty());
        ExecutionSnapshot last = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(failure(without), failure(switchedOff), last);

        awaitTold(last);
        assertThat(mongo.getCollection("events")
                        .countDocuments(Filters.in("org_id", List.of(without.value(), switchedOff.value()))))
                .isZero();
    }

    @Test
    void a_failure_told_is_one_record_for_the_dispatcher_and_one_count_in_the_metric() {
        double before = meters.counter("engine.trigger.failures").count();
        listenToFailures(Map.of());
        ExecutionSnapshot failed = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(failed, failed);
        ExecutionSnapshot last = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(failed, last);
        awaitTold(last);

        try (KafkaConsumer<String, String> events = consumer()) {
            List<String> published = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                events.poll(Duration.ofMillis(100)).forEach(each -> published.add(each.value()));
                return published.stream()
                        .anyMatch(each -> each.contains(last.executionId().value()));
            });
            assertThat(published)
                    .filteredOn(each -> each.contains(failed.executionId().value()))
                    .hasSize(1);
        }
        assertThat(meters.counter("engine.trigger.failures").count()).isEqualTo(before + 2);
    }

    @Test
    void a_record_that_cannot_be_read_is_put_aside_and_the_next_failure_is_told() {
        listenToFailures(Map.of());
        facts.publish(List.of(new Fact(Topic.EXECUTION_LOGS, org.value(), Map.of("status", "failed"))));
        ExecutionSnapshot last = snapshot("META_LEAD_AD", ExecutionStatus.FAILED, leads);
        publish(last);

        awaitTold(last);
        assertThat(told()).hasSize(1);
    }

    private KafkaConsumer<String, String> consumer() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(consumer.partitionsFor(Topic.Name.EVENTS).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private void listenToFailures(Map<String, Object> config) {
        change(org, WorkflowId.random(), true, config);
        await().atMost(SOON).until(() -> subscriptions.listensToFailure(org, leads));
    }

    private void change(OrgId of, WorkflowId workflow, boolean active, Map<String, Object> config) {
        WorkflowChange change =
                new WorkflowChange(of, workflow, 1, active, new Trigger(Trigger.ERROR, config, null), NOW);
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(
                        List.of(new Fact(Topic.WORKFLOW_CHANGES, WorkflowChange.key(of, workflow), change))));
    }

    private void publish(ExecutionSnapshot... snapshots) {
        // One key: what is published last is heard last.
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(List.of(snapshots).stream()
                        .map(each -> new Fact(Topic.EXECUTION_LOGS, org.value(), each))
                        .toList()));
    }

    private void awaitTold(ExecutionSnapshot snapshot) {
        await().atMost(SOON)
                .until(() -> told().stream()
                        .anyMatch(each -> snapshot.executionId().value().equals(each.getString("subject"))));
    }

    private Document event(ExecutionSnapshot snapshot) {
        return told().stream()
                .filter(each -> snapshot.executionId().value().equals(each.getString("subject")))
                .map(each -> Document.parse(Objects.requireNonNull(each.getString("data"))))
                .findFirst()
                .orElseThrow();
    }

    private List<Document> told() {
        return mongo.getCollection("events")
                .find(new Document("org_id", org.value()))
                .into(new ArrayList<>());
    }

    private ExecutionSnapshot failure(OrgId of) {
        return snapshot(of, "META_LEAD_AD", ExecutionStatus.FAILED, leads);
    }

    private ExecutionSnapshot snapshot(String triggerType, ExecutionStatus status, WorkflowId workflow) {
        return snapshot(org, triggerType, status, workflow);
    }

    private static ExecutionSnapshot snapshot(
            OrgId of, String triggerType, ExecutionStatus status, WorkflowId workflow) {
        return snapshot(of, triggerType, status, workflow, null);
    }

    private static ExecutionSnapshot snapshot(
            OrgId of,
            String triggerType,
            ExecutionStatus status,
            WorkflowId workflow,
            ExecutionSnapshot.@Nullable Parent parent) {
        StepError error = new StepError(ErrorClass.REJECTED, "invalid_email", "No.", 422, "POST /x", "no", "Mend it.");
        boolean failed = status == ExecutionStatus.FAILED;
        return new ExecutionSnapshot(
                of,
                new ExecutionId("exec_" + UUID.randomUUID().toString().replace("-", "")),
                1,
                workflow,
                "New lead",
                1,
                new EventId("evt_1"),
                triggerType,
                Map.of("fields", Map.of("email", "joe@example.com")),
                status,
                NOW,
                NOW,
                NOW,
                null,
                null,
                null,
                parent,
                null,
                List.of(new ExecutionSnapshot.Step(
                        new StepId("step_2"),
                        "ACTION",
                        "CRM_INSERT",
                        failed ? StepStatus.FAILED : StepStatus.COMPLETED,
                        1,
                        null,
                        null,
                        List.of(new ExecutionSnapshot.Attempt(1, "w", NOW, NOW, 422, failed ? error : null)),
                        NOW,
                        NOW,
                        null)));
    }
}
