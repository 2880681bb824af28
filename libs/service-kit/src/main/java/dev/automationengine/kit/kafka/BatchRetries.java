package dev.automationengine.kit.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.RetryListener;

/**
 * Tells of batches that could not be handled, for instance because a database is away. The consumer is paused meanwhile,
 * so that it stays in its group and holds one batch in memory.
 */
final class BatchRetries implements RetryListener {
    private static final Logger log = LoggerFactory.getLogger(BatchRetries.class);
    /** With the longest pause that is about once a minute. */
    private static final int SAY_AGAIN_AFTER = 12;

    private final MeterRegistry meters;

    BatchRetries(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception e, int attempt) {
        failed(record.topic(), 1, e, attempt);
    }

    @Override
    public void failedDelivery(ConsumerRecords<?, ?> records, Exception e, int attempt) {
        records.partitions().stream()
                .findFirst()
                .ifPresent(partition -> failed(partition.topic(), records.count(), e, attempt));
    }

    private void failed(String topic, int records, @Nullable Exception e, int attempt) {
        meters.counter("engine.kafka.batch.failed", "topic", topic).increment();
        if (attempt == 1) {
            log.warn("A batch of {} records of {} failed and comes again until it succeeds", records, topic, e);
        } else if (attempt % SAY_AGAIN_AFTER == 0) {
            log.warn("A batch of {} records of {} has failed {} times: {}", records, topic, attempt, String.valueOf(e));
        }
    }
}
