package dev.automationengine.dispatcher;

import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.WorkflowChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the dispatcher publishes, from the start. */
final class TopicProbe implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final JsonMapper json;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    TopicProbe(String bootstrap, JsonMapper json) {
        this.json = json;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "probe-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        "500"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(
                Topic.EXECUTION_LOGS.topicName(),
                Topic.WORKFLOW_CHANGES.topicName(),
                Topic.SCHEDULED_JOBS.topicName(),
                Topic.EVENTS.deadLetterName(),
                Topic.STEP_EVENTS.deadLetterName()));
    }

    /** Creates the topics that other services own: here they do not run. */
    static void createForeignTopics(String bootstrap) {
        List<NewTopic> topics = Stream.of(Topic.values())
                .filter(topic -> topic.owner() != Topic.Owner.DISPATCHER)
                .flatMap(topic -> Stream.of(
                        new NewTopic(topic.topicName(), topic.partitions(), (short) 1),
                        new NewTopic(topic.deadLetterName(), 1, (short) 1)))
                .toList();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                await(created);
            }
        }
    }

    private static void await(KafkaFuture<Void> created) {
        try {
            created.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    List<ExecutionSnapshot> snapshots(ExecutionId execution) {
        return of(Topic.EXECUTION_LOGS.topicName(), execution.value()).stream()
                .map(record -> json.readValue(record.value(), ExecutionSnapshot.class))
                .toList();
    }

    @Nullable
    ScheduledJob scheduledJob(String key) {
        List<ConsumerRecord<String, byte[]>> jobs = of(Topic.SCHEDULED_JOBS.topicName(), key);
        return jobs.isEmpty() ? null : json.readValue(jobs.getLast().value(), ScheduledJob.class);
    }

    @Nullable
    WorkflowChange change(String key) {
        List<ConsumerRecord<String, byte[]>> changes = of(Topic.WORKFLOW_CHANGES.topicName(), key);
        return changes.isEmpty() || changes.getLast().value() == null
                ? null
                : json.readValue(changes.getLast().value(), WorkflowChange.class);
    }

    boolean isDeleted(String key) {
        List<ConsumerRecord<String, byte[]>> changes = of(Topic.WORKFLOW_CHANGES.topicName(), key);
        return !changes.isEmpty() && changes.getLast().value() == null;
    }

    boolean isRejected(String content) {
        poll();
        return seen.stream()
                .filter(record -> record.topic().endsWith(Topic.Name.DEAD_LETTER_SUFFIX))
                .anyMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains(content));
    }

    private List<ConsumerRecord<String, byte[]>> of(String topic, String key) {
        poll();
        return seen.stream()
                .filter(record -> record.topic().equals(topic) && key.equals(record.key()))
                .toList();
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
