package dev.automationengine.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** Facts on a real broker: none is lost, whatever a listener throws. */
@SpringBootTest(
        properties = {
            "spring.config.import=classpath:engine-defaults.yml",
            "spring.application.name=facts-test",
            "engine.topics.owner=DISPATCHER"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
class FactsTest {
    private static final String EMPTIED = "facts-test.emptied";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private FactPublisher facts;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private Listener listener;

    @Autowired
    private CatchUp catchUp;

    @Configuration
    @EnableAutoConfiguration
    @Import(Listener.class)
    static class Application {}

    /** Fails as often as it is told to, in ways that Spring takes for hopeless. */
    static class Listener {
        final List<WorkflowChange> seen = new CopyOnWriteArrayList<>();
        final List<String> rejected = new CopyOnWriteArrayList<>();
        final List<String> whole = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();
        private final FactReader reader;

        Listener(FactReader reader) {
            this.reader = reader;
        }

        @KafkaListener(topics = Topic.Name.WORKFLOW_CHANGES, groupId = "facts-test")
        void onChanges(List<ConsumerRecord<String, byte[]>> batch) {
            if (failures.getAndDecrement() > 0) {
                throw new ClassCastException("a fault of ours");
            }
            reader.read(batch, WorkflowChange.class).forEach(received -> seen.add(received.value()));
        }

        @KafkaListener(topics = Topic.Name.WORKFLOW_CHANGES + Topic.Name.DEAD_LETTER_SUFFIX, groupId = "facts-test-dlt")
        void onDeadLetters(List<ConsumerRecord<String, byte[]>> batch) {
            batch.forEach(letter -> rejected.add(letter.key() + " "
                    + new String(
                            letter.headers()
                                    .lastHeader(FactReader.REASON_HEADER)
                                    .value(),
                            StandardCharsets.UTF_8)));
        }

        @KafkaListener(
                topics = Topic.Name.WORKFLOW_CHANGES,
                groupId = "facts-test-#{T(java.util.UUID).randomUUID()}",
                containerFactory = "wholeTopicListeners")
        void fromTheStart(List<ConsumerRecord<String, byte[]>> batch) {
            batch.forEach(change -> whole.add(change.key()));
        }

        @KafkaListener(
                id = EMPTIED,
                topics = EMPTIED,
                groupId = "facts-test-#{T(java.util.UUID).randomUUID()}",
                containerFactory = "wholeTopicListeners",
                autoStartup = "false")
        void fromTheStartOfNothing(List<ConsumerRecord<String, byte[]>> batch) {
            batch.forEach(change -> whole.add(change.key()));
        }
    }

    @BeforeEach
    void topicsAreThere() {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> publish(OrgId.random()));
    }

    @Test
    void a_batch_comes_again_until_its_listener_succeeds() {
        listener.failures.set(3);
        OrgId org = OrgId.random();
        publish(org);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(listener.seen).anyMatch(c -> c.orgId().equals(org)));
        assertThat(listener.failures.get()).isNegative();
    }

    @Test
    void what_cannot_be_read_is_put_aside_and_what_follows_is_read() {
        kafka.send(Topic.Name.WORKFLOW_CHANGES, "poison", "{\"org_id\": 7".getBytes(StandardCharsets.UTF_8));
        OrgId org = OrgId.random();
        publish(org);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(listener.rejected).anyMatch(letter -> letter.startsWith("poison unreadable as WorkflowChange"));
            assertThat(listener.seen).anyMatch(c -> c.orgId().equals(org));
        });
    }

    @Test
    void a_reader_of_the_whole_topic_is_healthy_once_it_is_through() {
        OrgId org = OrgId.random();
        publish(org);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(listener.whole).anyMatch(key -> key.startsWith(org.value()));
            assertThat(catchUp.health().getStatus().getCode()).isEqualTo("UP");
        });
    }

    @Test
    void a_partition_that_was_compacted_to_nothing_holds_up_no_reader(
            @Autowired KafkaAdmin admin, @Autowired KafkaListenerEndpointRegistry listeners) throws Exception {
        admin.createOrModifyTopics(TopicBuilder.name(EMPTIED).partitions(1).build());
        long end = kafka.send(EMPTIED, "gone", new byte[] {'1'})
                        .get()
                        .getRecordMetadata()
                        .offset()
                + 1;
        try (Admin client = Admin.create(admin.getConfigurationProperties())) {
            client.deleteRecords(Map.of(new TopicPartition(EMPTIED, 0), RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
        }
        MessageListenerContainer container =
                Objects.requireNonNull(listeners.getListenerContainer(EMPTIED), "the listener of " + EMPTIED);
        container.start();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(container.getAssignedPartitions()).isNotEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(catchUp.isDone()).isTrue());
        container.stop();
    }

    private void publish(OrgId org) {
        WorkflowId workflow = WorkflowId.random();
        facts.publish(List.of(new Fact(
                Topic.WORKFLOW_CHANGES,
                WorkflowChange.key(org, workflow),
                new WorkflowChange(
                        org,
                        workflow,
                        1,
                        true,
                        new Trigger(Trigger.WEBHOOK, Map.of("path", "p"), null),
                        Instant.EPOCH))));
    }
}
