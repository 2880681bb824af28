package dev.automationengine.kit.kafka;

import dev.automationengine.model.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, ready to be published.
 *
 * @param topic where
 * @param key what stays in order; never personal data
 * @param value the contract record of the topic; null only in a compacted topic: forget the key
 */
public record Fact(Topic topic, String key, @Nullable Object value) {}
