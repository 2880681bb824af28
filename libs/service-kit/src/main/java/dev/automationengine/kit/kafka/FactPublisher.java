package dev.automationengine.kit.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Publishes facts and tells when all replicas have them. */
public final class FactPublisher {
    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Duration timeout;

    FactPublisher(KafkaTemplate<String, byte[]> kafka, JsonMapper json, MeterRegistry meters, Duration timeout) {
        this.kafka = kafka;
        this.json = json;
        this.meters = meters;
        this.timeout = timeout;
    }

    /**
     * Publishes all facts and returns when Kafka has every one of them.
     *
     * @throws PublishFailedException if one was not confirmed in time; others of the batch may be there, so the whole
     *     batch has to be published again
     */
    public void publish(List<Fact> facts) {
        if (!facts.isEmpty()) {
            await(facts, publishAsync(facts));
        }
    }

    /**
     * Puts facts aside that nobody can do anything with any more, each in the dead-letter topic of its topic.
     *
     * @param reason why, without personal data
     * @throws PublishFailedException if one was not confirmed in time
     */
    public void publishDeadLetters(List<Fact> facts, String reason) {
        if (facts.isEmpty()) {
            return;
        }
        byte[] header = reason.getBytes(StandardCharsets.UTF_8);
        await(facts, all(facts, fact -> {
            ProducerRecord<String, byte[]> letter =
                    new ProducerRecord<>(fact.topic().deadLetterName(), fact.key(), bytes(fact));
            letter.headers().add(FactReader.REASON_HEADER, header);
            return letter;
        }));
    }

    /**
     * Starts to publish all facts.
     *
     * @return done when Kafka has every one of them; failed when one was refused or timed out
     */
    public CompletableFuture<Void> publishAsync(List<Fact> facts) {
        return all(facts, fact -> new ProducerRecord<>(fact.topic().topicName(), fact.key(), bytes(fact)));
    }

    private CompletableFuture<Void> all(List<Fact> facts, Function<Fact, ProducerRecord<String, byte[]>> record) {
        CompletableFuture<?>[] sends = new CompletableFuture<?>[facts.size()];
        for (int i = 0; i < sends.length; i++) {
            sends[i] = send(record.apply(facts.get(i)));
        }
        return CompletableFuture.allOf(sends);
    }

    private CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
        try {
            return kafka.send(record);
        } catch (RuntimeException e) {
            // The producer throws instead of answering when it knows no broker; to the caller it is all one.
            return CompletableFuture.failedFuture(e);
        }
    }

    private byte @Nullable [] bytes(Fact fact) {
        Object value = fact.value();
        return value == null ? null : json.writeValueAsBytes(value);
    }

    private void await(List<Fact> facts, CompletableFuture<Void> sent) {
        try {
            sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(facts, e);
        } catch (ExecutionException | TimeoutException e) {
            throw failed(facts, e);
        }
    }

    private PublishFailedException failed(List<Fact> facts, Exception cause) {
        String topic = facts.getFirst().topic().topicName();
        meters.counter("engine.kafka.publish.failed", "topic", topic).increment();
        return new PublishFailedException("Kafka did not confirm " + facts.size() + " facts of " + topic, cause);
    }
}
