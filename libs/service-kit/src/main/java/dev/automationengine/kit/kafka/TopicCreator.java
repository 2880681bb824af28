package dev.automationengine.kit.kafka;

import dev.automationengine.model.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/** Creates the topics that the service owns; changes none that exist. */
final class TopicCreator implements Runnable {
    // As the producers' max.request.size: a body of 1 MiB grows when it becomes a string in JSON.
    private static final String LARGEST_MESSAGE = Integer.toString(8 * 1024 * 1024);

    private final KafkaAdmin admin;
    private final KafkaKitProperties properties;

    TopicCreator(KafkaAdmin admin, KafkaKitProperties properties) {
        this.admin = admin;
        this.properties = properties;
    }

    @Override
    public void run() {
        admin.createOrModifyTopics(topics().toArray(NewTopic[]::new));
    }

    private List<NewTopic> topics() {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic.owner() == properties.owner()) {
                topics.add(builder(topic, topic.topicName(), topic.partitions())
                        .config(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                topic.compacted()
                                        ? TopicConfig.CLEANUP_POLICY_COMPACT
                                        : TopicConfig.CLEANUP_POLICY_DELETE)
                        .build());
                topics.add(builder(topic, topic.deadLetterName(), 1).build());
            }
        }
        return topics;
    }

    private TopicBuilder builder(Topic topic, String name, int partitions) {
        return TopicBuilder.name(name)
                .partitions(partitions)
                .replicas(properties.replicas())
                .config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_MESSAGE)
                .config(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis()));
    }
}
