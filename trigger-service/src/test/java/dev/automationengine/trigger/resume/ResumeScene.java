package dev.automationengine.trigger.resume;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.ReplaceOptions;
import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.kit.resume.ResumeToken.Kind;
import dev.automationengine.kit.resume.ResumeTokens;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.json.JsonMapper;

/** One waiting step of one execution, and what the dispatcher would hear of it. */
final class ResumeScene {
    static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(15);

    final OrgId org = OrgId.random();
    final JobId job = new JobId(
            ExecutionId.of(EventId.of(org, "/test", UUID.randomUUID().toString()), WorkflowId.random()),
            new StepId("ask"),
            1);
    private final ResumeTokens tokens;

    ResumeScene(ResumeTokens tokens) {
        this.tokens = tokens;
    }

    String callback() {
        return path(new ResumeToken(Kind.CALLBACK, org, job, null, null, LATER));
    }

    String approval(String choice) {
        return path(new ResumeToken(Kind.APPROVAL, org, job, choice, 1, LATER));
    }

    String expired(Kind kind) {
        return path(new ResumeToken(kind, org, job, "approved", null, Instant.EPOCH));
    }

    private String path(ResumeToken token) {
        return "/webhooks/resume/" + tokens.sign(token);
    }

    /** What the dispatcher stores when the step begins to wait. */
    void asks(MongoOperations mongo, @Nullable String message, String status) {
        Document step = new Document("status", status)
                .append("epoch", 1)
                .append("work", message == null ? null : new Document("input", new Document("message", message)));
        mongo.getCollection("executions")
                .replaceOne(
                        new Document("_id", job.execution().value()),
                        new Document("org_id", org.value()).append("steps", new Document("ask", step)),
                        new ReplaceOptions().upsert(true));
    }

    /** The first answer that the topic holds for the step. */
    static StepEvent.Resumed answered(String bootstrap, JsonMapper json, JobId job) {
        List<StepEvent.Resumed> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "probe-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.STEP_EVENTS.topicName()));
            await().atMost(SOON).until(() -> {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    if (json.readValue(each.value(), StepEvent.class) instanceof StepEvent.Resumed resumed
                            && resumed.jobId().equals(job)
                            && each.key().equals(job.execution().value())) {
                        found.add(resumed);
                    }
                }
                return !found.isEmpty();
            });
        }
        return found.getFirst();
    }
}
