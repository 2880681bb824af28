package dev.automationengine.kit.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Knows whether this replica has read the compacted topics to the end that they had when it started. Before that it
 * would take what it has not read yet for something that does not exist, so it is not ready.
 */
public final class CatchUp extends AbstractHealthIndicator {
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private volatile boolean used;
    private volatile boolean assigned;

    CatchUp() {
        super("the compacted topics cannot be read");
    }

    /** Whether all that was there at the start has been read; true also where nothing has to be read. */
    public boolean isDone() {
        return !used || assigned && ends.isEmpty();
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (isDone()) {
            builder.up();
        } else {
            builder.outOfService().withDetail("partitions_behind", assigned ? ends.size() : "all");
        }
    }

    /** From now on there is something to read through. */
    void use() {
        used = true;
    }

    ConsumerAwareRebalanceListener rebalanceListener() {
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                Map<TopicPartition, Long> behind = new HashMap<>(consumer.endOffsets(partitions));
                behind.values().removeIf(end -> end == 0);
                ends.putAll(behind);
                assigned = true;
            }
        };
    }

    BatchInterceptor<Object, Object> progress() {
        return new BatchInterceptor<>() {
            @Override
            public ConsumerRecords<Object, Object> intercept(
                    ConsumerRecords<Object, Object> records, Consumer<Object, Object> consumer) {
                return records;
            }

            @Override
            public void success(ConsumerRecords<Object, Object> records, Consumer<Object, Object> consumer) {
                check(consumer);
            }
        };
    }

    /**
     * Looks how far a consumer is, on its own thread. Without this a partition whose records have all been compacted
     * away, which has an end but nothing to read, would never count as read.
     */
    void check(Consumer<?, ?> consumer) {
        if (!ends.isEmpty()) {
            Set.copyOf(ends.keySet()).forEach(partition -> reached(partition, consumer));
        }
    }

    private void reached(TopicPartition partition, Consumer<?, ?> consumer) {
        if (!consumer.assignment().contains(partition)) {
            return;
        }
        long position = consumer.position(partition);
        ends.computeIfPresent(partition, (p, end) -> position >= end ? null : end);
    }
}
