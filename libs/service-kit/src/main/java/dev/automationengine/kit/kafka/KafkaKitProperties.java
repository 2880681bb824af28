package dev.automationengine.kit.kafka;

import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service takes part in Kafka.
 *
 * @param owner whose topics the service creates at its start; none if absent
 * @param replicas copies of each partition of the topics it creates
 * @param publishTimeout how long publishing may take until it counts as failed
 */
@ConfigurationProperties("engine.topics")
public record KafkaKitProperties(
        Topic.@Nullable Owner owner,
        @DefaultValue("1") short replicas,
        @DefaultValue("5s") Duration publishTimeout) {}
