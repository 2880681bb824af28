package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueException;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** A redis-server of its own, which goes away and comes back empty. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = {LocalStackInitializer.class, RedisOutageTest.OwnRedis.class})
@DirtiesContext // Another context of the same consumer groups must not share the partitions.
class RedisOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = Ports.free();

    private static RedisServer redis = RedisServer.start(PORT);

    private final OrgId org = OrgId.random();

    @Test
    void an_event_that_comes_while_redis_is_away_is_queued_once_when_it_is_back(
            @Autowired MongoOperations mongo,
            @Autowired JobQueue queue,
            @Autowired FactPublisher facts,
            @Autowired InternalTokens tokens,
            @Autowired JsonMapper json,
            @Autowired MeterRegistry meters,
            @Value("${local.server.port}") int port,
            @Value("${spring.kafka.bootstrap-servers}") String kafka) {
        TopicProbe.createForeignTopics(kafka);
        RestProbe rest = new RestProbe(port, org, tokens, json);
        WorkflowId workflow = new WorkflowId(
                String.valueOf(rest.postMap("/v1/workflows", Seed.JSON).get("id")));
        AutomationEvent before = lead("before");
        facts.publish(List.of(new Fact(Topic.EVENTS, "k", before)));
        assertThat(claimed(queue).id().execution()).isEqualTo(ExecutionId.of(before.id(), workflow));

        redis.close();
        AutomationEvent during = lead("during");
        facts.publish(List.of(new Fact(Topic.EVENTS, "k", during)));
        Document stored = new Document("org_id", org.value())
                .append("event_id", during.id().value());
        await().atMost(PATIENCE).until(() -> mongo.getCollection("executions").countDocuments(stored) == 1);
        await().atMost(PATIENCE).until(() -> failedBatches(meters) > 0);
        redis = RedisServer.start(PORT);

        JobId expected = new JobId(ExecutionId.of(during.id(), workflow), new StepId("step_2"), 1);
        assertThat(claimed(queue).id()).isEqualTo(expected);
        assertThat(mongo.getCollection("executions").countDocuments(stored)).isEqualTo(1);
    }

    private static long failedBatches(MeterRegistry meters) {
        return meters.find("spring.kafka.listener").tag("result", "failure").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static ClaimedJob claimed(JobQueue queue) {
        return Objects.requireNonNull(await().atMost(PATIENCE)
                .ignoreException(JobQueueException.class)
                .until(() -> claim(queue), Objects::nonNull));
    }

    private static @Nullable ClaimedJob claim(JobQueue queue) {
        List<ClaimedJob> jobs = queue.claim("w", 1, Duration.ofMinutes(5));
        return jobs.isEmpty() ? null : jobs.getFirst();
    }

    private AutomationEvent lead(String subject) {
        return AutomationEvent.of(
                org,
                "/meta/pages/" + Seed.PAGE + "/forms/" + Seed.FORM,
                subject,
                "dev.automationengine.lead.received.v1",
                "META_LEAD_AD",
                Instant.now(),
                null,
                new AutomationEvent.Data(
                        Map.of("form_id", Seed.FORM), Map.of("fields", Map.of("email", "joe@example.com"))));
    }

    /** Points the context at the server of this test. */
    static final class OwnRedis implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("ownRedis", Map.of("engine.redis.addresses", redis.url())));
        }
    }
}
