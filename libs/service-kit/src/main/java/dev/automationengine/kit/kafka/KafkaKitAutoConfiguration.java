package dev.automationengine.kit.kafka;

import dev.automationengine.kit.health.KafkaHealthIndicator;
import dev.automationengine.kit.startup.StartupWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import tools.jackson.databind.json.JsonMapper;

/** Publishing, reading and error handling for every service that uses Kafka. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(KafkaKitProperties.class)
public class KafkaKitAutoConfiguration {
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    @Bean
    FactPublisher factPublisher(
            KafkaTemplate<String, byte[]> kafka, JsonMapper json, MeterRegistry meters, KafkaKitProperties properties) {
        return new FactPublisher(kafka, json, meters, properties.publishTimeout());
    }

    @Bean
    FactReader factReader(
            KafkaTemplate<String, byte[]> kafka, JsonMapper json, MeterRegistry meters, KafkaKitProperties properties) {
        return new FactReader(kafka, json, meters, properties.publishTimeout());
    }

    /**
     * A batch that failed comes again until it succeeds: only what can never be read is put aside. Between two tries the
     * consumer is paused and goes on polling, so it keeps its partitions however long a database is away.
     */
    @Bean
    DefaultErrorHandler endlessRetries(MeterRegistry meters) {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
        backOff.setMaxInterval(LONGEST_PAUSE_MILLIS);
        backOff.setMaxElapsedTime(Long.MAX_VALUE);
        DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
        // Everything is worth another try, even what Spring takes for hopeless: dropping a batch loses leads.
        handler.setClassifications(Map.of(), true);
        handler.setRetryListeners(new BatchRetries(meters));
        return handler;
    }

    @Bean
    @ConditionalOnProperty("engine.topics.owner")
    StartupWork topicCreation(KafkaAdmin admin, KafkaKitProperties properties) {
        return new StartupWork("topics in Kafka", new TopicCreator(admin, properties));
    }

    @Bean
    KafkaHealthIndicator kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealthIndicator(Map.copyOf(admin.getConfigurationProperties()), Duration.ofSeconds(2));
    }
}
