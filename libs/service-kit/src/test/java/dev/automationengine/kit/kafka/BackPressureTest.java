package dev.automationengine.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.execution.ScheduledJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** A consumer whose database is away, for longer than Kafka lets a consumer be silent. */
@SpringBootTest(
        properties = {
            "spring.config.import=classpath:engine-defaults.yml",
            "spring.application.name=back-pressure-test",
            "spring.kafka.consumer.properties.max.poll.interval.ms=6000",
            "spring.kafka.consumer.max-poll-records=10",
            "engine.topics.publish-timeout=1s"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
class BackPressureTest {
    private static final String AWAY = "back-pressure-test.away";
    private static final String POISON = "back-pressure-test.poison";
    private static final Duration SILENCE = Duration.ofSeconds(13);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Autowired
    private Listener listener;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private KafkaAdmin admin;

    @Autowired
    private MeterRegistry meters;

    @Configuration
    @EnableAutoConfiguration
    @Import(Listener.class)
    static class Application {
        /** Topics that the listeners find at once. */
        @Bean
        Boolean topics(KafkaAdmin admin) {
            admin.createOrModifyTopics(
                    TopicBuilder.name(AWAY).partitions(1).build(),
                    TopicBuilder.name(POISON).partitions(1).build());
            return true;
        }
    }

    static class Listener {
        final List<String> seen = new CopyOnWriteArrayList<>();
        final AtomicInteger tries = new AtomicInteger();
        final AtomicInteger largestBatch = new AtomicInteger();
        volatile boolean away;
        private final FactReader reader;

        Listener(FactReader reader) {
            this.reader = reader;
        }

        @KafkaListener(id = AWAY, topics = AWAY, groupId = AWAY)
        void onRecords(List<ConsumerRecord<String, byte[]>> batch) {
            tries.incrementAndGet();
            largestBatch.accumulateAndGet(batch.size(), Math::max);
            if (away) {
                throw new IllegalStateException("MongoDB is away");
            }
            batch.forEach(record -> seen.add(record.key()));
        }

        @KafkaListener(id = POISON, topics = POISON, groupId = POISON)
        void onPoison(List<ConsumerRecord<String, byte[]>> batch) {
            reader.read(batch, ScheduledJob.class);
            batch.forEach(record -> seen.add(record.key()));
        }
    }

    @Test
    void it_keeps_its_partitions_commits_nothing_and_goes_on_by_itself(
            @Autowired KafkaListenerEndpointRegistry registry) throws Exception {
        MessageListenerContainer container = Objects.requireNonNull(registry.getListenerContainer(AWAY));
        await().atMost(SOON).until(() -> assigned(container).size() == 1);
        listener.away = true;
        for (int i = 0; i < 50; i++) {
            kafka.send(AWAY, "key-" + i, new byte[] {'1'}).get();
        }
        await().atMost(SOON).until(() -> listener.tries.get() > 1);
        await().atMost(SILENCE.plusSeconds(10))
                .during(SILENCE)
                .until(() -> assigned(container).size() == 1 && committed(AWAY) == 0 && members(AWAY) == 1);
        assertThat(listener.seen).noneMatch(key -> key.startsWith("key-"));
        assertThat(meters.get("engine.kafka.batch.failed")
                        .tag("topic", AWAY)
                        .counter()
                        .count())
                .isPositive();

        listener.away = false;
        // The longest pause between two tries is 5 s.
        await().atMost(Duration.ofSeconds(8)).until(() -> keys().size() == 50);
        assertThat(keys()).doesNotHaveDuplicates();
        assertThat(listener.largestBatch.get()).isLessThanOrEqualTo(10);
        await().atMost(SOON).until(() -> committed(AWAY) == 50);
    }

    @Test
    void a_dead_letter_that_cannot_be_stored_stops_the_partition_and_loses_nothing(
            @Autowired ConsumerFactory<String, byte[]> consumers) throws Exception {
        kafka.setConsumerFactory(consumers);
        kafka.send(POISON, "poison", "{".getBytes(StandardCharsets.UTF_8)).get();
        await().atMost(SOON).until(() -> poisonCount() >= 2);
        assertThat(committed(POISON)).isZero();
        assertThat(listener.seen).doesNotContain("poison");
        assertThat(meters.get("engine.kafka.records")
                        .tag("topic", POISON)
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(2);

        admin.createOrModifyTopics(
                TopicBuilder.name(POISON + ".dlt").partitions(1).build());
        await().atMost(SOON).until(() -> listener.seen.contains("poison") && committed(POISON) == 1);
        ConsumerRecord<String, byte[]> letter = Objects.requireNonNull(kafka.receive(POISON + ".dlt", 0, 0));
        assertThat(new String(
                        letter.headers().lastHeader(FactReader.REASON_HEADER).value(), StandardCharsets.UTF_8))
                .startsWith("unreadable as ScheduledJob");
        assertThat(new String(
                        letter.headers().lastHeader(FactReader.ORIGIN_HEADER).value(), StandardCharsets.UTF_8))
                .isEqualTo(POISON + "-0@0");
    }

    private List<String> keys() {
        return listener.seen.stream().filter(key -> key.startsWith("key-")).toList();
    }

    private double poisonCount() {
        return meters.find("engine.kafka.poison").tag("topic", POISON).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static Collection<TopicPartition> assigned(MessageListenerContainer container) {
        return Objects.requireNonNullElse(container.getAssignedPartitions(), List.of());
    }

    private long committed(String group) throws Exception {
        try (Admin client = Admin.create(admin.getConfigurationProperties())) {
            Map<TopicPartition, OffsetAndMetadata> offsets = client.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            OffsetAndMetadata offset = offsets.get(new TopicPartition(group, 0));
            return offset == null ? 0 : offset.offset();
        }
    }

    private int members(String group) throws Exception {
        try (Admin client = Admin.create(admin.getConfigurationProperties())) {
            return Objects.requireNonNull(client.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group))
                    .members()
                    .size();
        }
    }
}
