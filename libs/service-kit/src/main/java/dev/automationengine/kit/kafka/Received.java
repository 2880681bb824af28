package dev.automationengine.kit.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could be read.
 *
 * @param source the record as Kafka gave it
 * @param value its content
 * @param <T> the contract of its topic
 */
public record Received<T>(ConsumerRecord<String, byte[]> source, T value) {}
