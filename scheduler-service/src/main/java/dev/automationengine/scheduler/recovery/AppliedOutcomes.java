package dev.automationengine.scheduler.recovery;

import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Tells when {@code executions} shows all outcomes that workers had reported at a certain time. Before that a step may
 * look as if it waited whose work is done, and queueing it again would do it twice.
 */
@Component
class AppliedOutcomes implements DisposableBean {
    private static final String GROUP = "dispatcher-step-events";
    private static final String TOPIC = Topic.STEP_EVENTS.topicName();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> config;
    private final InstantSource clock;
    private @Nullable Admin admin;

    AppliedOutcomes(KafkaAdmin kafka, InstantSource clock) {
        this.config = new HashMap<>(kafka.getConfigurationProperties());
        this.config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        this.config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        this.clock = clock;
    }

    /**
     * All that had been reported at a time.
     *
     * @param at when
     * @param ends where each partition ended
     */
    record Reported(Instant at, Map<TopicPartition, Long> ends) {}

    /**
     * What has been reported by now.
     *
     * @throws IllegalStateException if Kafka is away
     */
    Reported reported() {
        Instant now = clock.instant();
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, ListOffsetsResultInfo> ends = get(client().listOffsets(
                        partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                .all());
        return new Reported(
                now,
                ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> end.getValue().offset())));
    }

    /** Whether the dispatcher has applied all of it. */
    boolean applied(Reported reported) {
        if (reported.ends().values().stream().allMatch(end -> end == 0)) {
            return true;
        }
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(client().listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
        return reported.ends().entrySet().stream().allMatch(end -> {
            OffsetAndMetadata reached = committed.get(end.getKey());
            return end.getValue() == 0 || reached != null && reached.offset() >= end.getValue();
        });
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private List<TopicPartition> partitions() {
        try {
            return get(client().describeTopics(List.of(TOPIC)).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                // No worker was ever started.
                return List.of();
            }
            throw e;
        }
    }

    private synchronized Admin client() {
        if (admin == null) {
            admin = Admin.create(config);
        }
        return admin;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not tell how far the dispatcher is", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
