package dev.automationengine.kit.kafka;

import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads batches of records; what cannot be read goes to the topic's dead-letter topic, and the partition goes on. */
public final class FactReader {
    /** Header of a dead letter: why it is there. */
    public static final String REASON_HEADER = "dlt-reason";

    /** Header of a dead letter: {@code topic-partition@offset} of the original. */
    public static final String ORIGIN_HEADER = "dlt-origin";

    private static final Logger log = LoggerFactory.getLogger(FactReader.class);

    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Duration timeout;

    FactReader(KafkaTemplate<String, byte[]> kafka, JsonMapper json, MeterRegistry meters, Duration timeout) {
        this.kafka = kafka;
        this.json = json;
        this.meters = meters;
        this.timeout = timeout;
    }

    /**
     * Reads a batch. Unreadable records are rejected; records without a value (deletions in a compacted topic) are
     * left out, whoever needs them looks at the batch itself.
     *
     * @return what could be read, in order
     * @throws PublishFailedException if a dead letter could not be stored; the batch must come again
     */
    public <T> List<Received<T>> read(List<ConsumerRecord<String, byte[]>> batch, Class<T> type) {
        // Before parsing: what cannot be read, or breaks whoever reads it, is counted each time that it is tried.
        batch.stream()
                .collect(Collectors.groupingBy(ConsumerRecord::topic, Collectors.counting()))
                .forEach((topic, records) ->
                        meters.counter("engine.kafka.records", "topic", topic).increment(records));
        List<Received<T>> readable = new ArrayList<>(batch.size());
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.value() == null) {
                continue;
            }
            try {
                readable.add(new Received<>(record, json.readValue(record.value(), type)));
            } catch (JacksonException | IllegalArgumentException e) {
                // The exception's text may quote the content, which may be personal: only its kind is told.
                reject(
                        record,
                        "unreadable as " + type.getSimpleName() + ": "
                                + e.getClass().getSimpleName());
            }
        }
        return readable;
    }

    /**
     * Puts a record aside that was read but cannot be used.
     *
     * @param reason why, without personal data
     * @throws PublishFailedException if Kafka did not confirm the dead letter
     */
    public void reject(ConsumerRecord<String, byte[]> record, String reason) {
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        meters.counter("engine.kafka.poison", "topic", record.topic()).increment();
        log.error("Record {} goes to the dead-letter topic: {}", origin, reason);
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                record.topic() + Topic.Name.DEAD_LETTER_SUFFIX, null, record.key(), record.value(), record.headers());
        letter.headers().add(REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(ORIGIN_HEADER, origin.getBytes(StandardCharsets.UTF_8));
        try {
            kafka.send(letter).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishFailedException("interrupted while storing the dead letter of " + origin, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new PublishFailedException("the dead letter of " + origin + " was not stored", e);
        }
    }
}
