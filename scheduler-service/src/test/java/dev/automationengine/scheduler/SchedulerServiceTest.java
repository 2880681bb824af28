package dev.automationengine.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real Redis of its own, which it may lose. */
@SpringBootTest(
        properties = {
            "engine.recovery.grace=200ms",
            "engine.recovery.interval=100ms",
            "engine.recovery.page=2",
            "spring.kafka.listener.auto-startup=false"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
class SchedulerServiceTest {
    private static final int PORT = Ports.free();
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final OrgId ORG = new OrgId("org_1");
    private static RedisServer redis = RedisServer.start(PORT);

    @Autowired
    private JobQueue queue;

    @Autowired
    private RedissonClient redisson;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void ownRedis(DynamicPropertyRegistry registry) {
        registry.add("engine.redis.addresses", () -> redis.url());
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void startEmpty() {
        mongo.getCollection("executions").deleteMany(new Document());
        redisson.getKeys().flushall();
        await().until(this::marked);
    }

    @Test
    void a_delayed_job_is_ready_soon_after_it_is_due_and_not_before() {
        Instant due = Instant.now().plusMillis(700);
        queue.enqueue(List.of(new NewJob(job("exec_1"), ORG, NewJob.NORMAL, due, 1, 0, false, null, "{}")));
        await().pollInterval(Duration.ofMillis(2)).until(() -> queue.stats().ready() == 1);
        assertThat(Instant.now()).isBetween(due, due.plusMillis(250));
    }

    @Test
    void a_job_whose_worker_fell_silent_goes_to_another_which_is_told() {
        queue.enqueue(List.of(new NewJob(job("exec_1"), ORG, NewJob.NORMAL, null, 1, 0, false, null, "{}")));
        ClaimedJob lost = queue.claim("silent", 1, Duration.ofMillis(50)).getFirst();
        ClaimedJob rescued = claim();
        assertThat(rescued.id()).isEqualTo(lost.id());
        assertThat(rescued.fence()).isGreaterThan(lost.fence());
        assertThat(rescued.attempt()).isEqualTo(lost.attempt());
        assertThat(rescued.rescued()).isTrue();
    }

    @Test
    void a_wiped_queue_comes_back_from_the_executions() {
        Instant now = Instant.now();
        insert("exec_1", "queued", now, null);
        insert("exec_2", "completed", now, null);
        insert("exec_3", "retrying", now, now.plus(Duration.ofMinutes(5)));
        insert("exec_4", "queued", now, null);
        redisson.getKeys().flushall();
        await().until(this::marked);
        assertThat(queue.stats().ready()).isEqualTo(2);
        assertThat(queue.stats().delayed()).isEqualTo(1);
        ClaimedJob job = claim();
        assertThat(job.attempt()).isEqualTo(3);
        assertThat(job.fence()).isGreaterThan(7);
        assertThat(job.rescued()).isTrue();
        JobReference reference = json.readValue(job.payload(), JobReference.class);
        assertThat(reference.workflowId()).isEqualTo(new WorkflowId("wf_1"));
        assertThat(reference.action()).isEqualTo("CRM_INSERT");
    }

    @Test
    void a_single_job_that_was_lost_comes_back_once_it_is_overdue() {
        Instant now = Instant.now();
        Instant longAgo = now.minus(Duration.ofMinutes(2));
        insert("exec_1", "queued", now, null);
        insert("exec_2", "retrying", longAgo, now.plus(Duration.ofMinutes(5)));
        insert("exec_3", "completed", longAgo, null);
        insert("exec_9", "queued", longAgo, null);
        assertThat(claim().id()).isEqualTo(job("exec_9"));
        assertThat(queue.stats().ready()).isZero();
        assertThat(queue.stats().delayed()).isZero();
    }

    @Test
    void it_recovers_by_itself_when_redis_goes_away_and_comes_back_empty() {
        insert("exec_1", "queued", Instant.now(), null);
        redis.close();
        await().until(() -> Double.isNaN(depth("ready")));
        redis = RedisServer.start(PORT);
        await().atMost(Duration.ofSeconds(30)).until(() -> depth("ready") == 1);
        assertThat(failures("promoter")).isPositive();
        assertThat(claim().id()).isEqualTo(job("exec_1"));
    }

    private ClaimedJob claim() {
        return await().ignoreExceptions()
                .until(() -> queue.claim("w", 1, LEASE), jobs -> !jobs.isEmpty())
                .getFirst();
    }

    private boolean marked() {
        return redisson.getKeys().countExists("engine:queue-beat:{q:0}") == 1
                && !redisson.getMap("engine:queue-beat:{q:0}", StringCodec.INSTANCE)
                        .containsKey("rebuilding")
                && redisson.getMap("engine:queue-beat:{q:15}", StringCodec.INSTANCE)
                        .containsKey("beat");
    }

    private void insert(String id, String status, Instant updated, @Nullable Instant due) {
        Document step = new Document("status", status)
                .append("epoch", 1)
                .append("fence", 7L)
                .append("next_attempt_at", due == null ? null : Date.from(due))
                .append("attempts", List.of(new Document("number", 2)))
                .append("work", new Document("action", "CRM_INSERT"));
        mongo.getCollection("executions")
                .insertOne(new Document("_id", id)
                        .append("org_id", ORG.value())
                        .append("workflow_id", "wf_1")
                        .append("status", "completed".equals(status) ? status : "in_progress")
                        .append("updated_at", Date.from(updated))
                        .append("steps", new Document("step_2", step)));
    }

    private double depth(String state) {
        return meters.get("engine.queue.depth").tag("state", state).gauge().value();
    }

    private double failures(String service) {
        return meters.get("engine.background.failures")
                .tag("service", service)
                .counter()
                .count();
    }

    private static JobId job(String execution) {
        return new JobId(new ExecutionId(execution), new StepId("step_2"), 1);
    }
}
