package dev.automationengine.scheduler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.scheduler.recovery.AppliedOutcomes.Reported;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

/** On a real broker: a step counts as waiting only once all outcomes of before have been applied. */
class AppliedOutcomesTest {
    private static final Map<String, Object> KAFKA = Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, LocalStack.shared().kafkaBootstrap());
    private static final String TOPIC = Topic.STEP_EVENTS.topicName();

    @Test
    void what_was_reported_counts_until_the_dispatcher_has_committed_it() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        AppliedOutcomes outcomes = new AppliedOutcomes(new KafkaAdmin(KAFKA), clock);
        try (Admin admin = Admin.create(KAFKA)) {
            assertThat(outcomes.applied(outcomes.reported()))
                    .as("no worker was ever started")
                    .isTrue();
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
            publish();
            CaughtUp caughtUp = new CaughtUp(outcomes, clock, queue());
            assertThat(caughtUp.isReached()).isFalse();
            Reported first = outcomes.reported();
            commit(admin, first);
            assertThat(caughtUp.isReached()).isTrue();

            publish();
            assertThat(outcomes.applied(outcomes.reported())).isFalse();
            assertThat(caughtUp.isReached())
                    .as("what was there when it began to wait")
                    .isTrue();
            now.set(Instant.EPOCH.plus(Duration.ofMinutes(3)));
            assertThat(caughtUp.isReached()).as("too old to be trusted").isFalse();
            // The broker is shared: nobody else shall wait for this.
            commit(admin, outcomes.reported());
            assertThat(caughtUp.isReached()).isTrue();
        } finally {
            outcomes.destroy();
        }
    }

    private static void publish() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        LocalStack.shared().kafkaBootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "k", "v")).get();
        }
    }

    private static void commit(Admin admin, Reported reported) throws Exception {
        admin.alterConsumerGroupOffsets(
                        "dispatcher-step-events",
                        reported.ends().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))))
                .all()
                .get();
    }

    private static JobQueueProperties queue() {
        return new JobQueueProperties(1, "", 5, 500, Duration.ofMinutes(5), 1000, Duration.ofSeconds(3));
    }
}
