package dev.automationengine.scheduler.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With the settings of production: whatever Redis loses is back within a minute. */
@SpringBootTest(properties = "spring.kafka.listener.auto-startup=false")
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
class LostQueueTest {
    private static final Duration PROMISE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final OrgId ORG = new OrgId("org_1");
    private static final StepId STEP = new StepId("step_2");
    private static final int PORT = Ports.free();
    private static final String APPEND_ONLY_FILE = "appendonly.aof";

    @TempDir
    private static Path data;

    private static @Nullable RedisServer redis;

    @Autowired
    private JobQueue queue;

    @Autowired
    private RedissonClient redisson;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private QueueHealth health;

    @Autowired
    private MeterRegistry meters;

    @BeforeAll
    static void start() {
        redis = RedisServer.start(PORT, Map.of("dir", data.toString()));
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @DynamicPropertySource
    static void ownRedis(DynamicPropertyRegistry registry) {
        registry.add("engine.redis.addresses", () -> "redis://127.0.0.1:" + PORT);
    }

    @BeforeEach
    void wholeAndEmpty() {
        mongo.getCollection("executions").deleteMany(new Document());
        await().atMost(PROMISE).ignoreExceptions().until(() -> health.look() == QueueHealth.Loss.NONE);
        List<ClaimedJob> left = queue.claim("cleaner", 1000, LEASE);
        queue.complete(left);
    }

    @Test
    void a_queue_that_is_wiped_under_load_is_worked_off_within_a_minute() throws InterruptedException {
        IntStream.range(0, 600).forEach(i -> enqueue("exec_w" + i));
        Set<String> done = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        Thread worker = Thread.ofVirtual().start(() -> work(done, over));
        await().until(() -> done.size() > 50);
        redisson.getKeys().flushall();
        Instant wiped = Instant.now();
        assertThat(done).as("it was wiped under load").hasSizeLessThan(600);
        await().atMost(PROMISE).until(() -> done.size() == 600);
        over.set(true);
        worker.join();
        assertThat(Duration.between(wiped, Instant.now())).isLessThan(PROMISE);
        assertThat(rebuilt()).isPositive();
    }

    @Test
    void redis_that_comes_back_with_older_data_gets_what_it_lacks() throws IOException {
        enqueue("exec_old");
        Path backup = data.resolve("backup");
        Files.copy(data.resolve(APPEND_ONLY_FILE), backup, StandardCopyOption.REPLACE_EXISTING);
        enqueue("exec_new");
        enqueueLater("exec_later", Instant.now().plus(Duration.ofMinutes(5)));
        await().until(() -> health.look() == QueueHealth.Loss.NONE);

        stop();
        Files.move(backup, data.resolve(APPEND_ONLY_FILE), StandardCopyOption.REPLACE_EXISTING);
        Instant back = Instant.now();
        start();
        Map<JobId, ClaimedJob> claimed = new ConcurrentHashMap<>();
        await().atMost(PROMISE).ignoreExceptions().until(() -> {
            queue.claim("w", 10, LEASE).forEach(job -> claimed.put(job.id(), job));
            return claimed.size() == 2 && queue.stats().delayed() == 1;
        });
        assertThat(Duration.between(back, Instant.now())).isLessThan(PROMISE);
        assertThat(claimed.get(job("exec_old"))).extracting(ClaimedJob::rescued).isEqualTo(false);
        assertThat(claimed.get(job("exec_new"))).extracting(ClaimedJob::rescued).isEqualTo(true);
    }

    @Test
    void an_execution_that_waits_for_nothing_is_reported_once() {
        double before = meters.get("engine.executions.stuck").counter().count();
        insert("exec_stuck", "completed", Instant.now().minusSeconds(120), null);
        await().atMost(PROMISE)
                .until(() -> meters.get("engine.executions.stuck").counter().count() == before + 1);
    }

    @Test
    void a_step_whose_job_is_nowhere_gets_it_back_marked_as_rescued() {
        insert("exec_lost", "queued", Instant.now().minusSeconds(120), null);
        List<ClaimedJob> claimed =
                await().atMost(PROMISE).until(() -> queue.claim("w", 1, LEASE), jobs -> !jobs.isEmpty());
        assertThat(claimed)
                .extracting(ClaimedJob::id, ClaimedJob::rescued, ClaimedJob::attempt)
                .containsExactly(tuple(job("exec_lost"), true, 1));
    }

    /** What worker and dispatcher do, in short: a job is done once, and MongoDB knows it before the queue does. */
    private void work(Set<String> done, AtomicBoolean over) {
        while (!over.get()) {
            List<ClaimedJob> jobs = queue.claim("w", 5, LEASE);
            for (ClaimedJob job : jobs) {
                mongo.getCollection("executions")
                        .updateOne(
                                new Document("_id", job.id().execution().value()),
                                new Document("$set", new Document("status", "completed")));
                done.add(job.id().execution().value());
            }
            queue.complete(jobs);
        }
    }

    private void enqueue(String execution) {
        insert(execution, "queued", Instant.now(), null);
        queue.enqueue(List.of(new NewJob(job(execution), ORG, NewJob.NORMAL, null, 1, 0, false, null, "{}")));
    }

    private void enqueueLater(String execution, Instant due) {
        insert(execution, "retrying", Instant.now(), due);
        queue.enqueue(List.of(new NewJob(job(execution), ORG, NewJob.NORMAL, due, 1, 0, false, null, "{}")));
    }

    private void insert(String id, String status, Instant updated, @Nullable Instant due) {
        Document step = new Document("status", status)
                .append("epoch", 1)
                .append("next_attempt_at", due == null ? null : Date.from(due))
                .append("work", new Document("action", "CRM_INSERT"));
        mongo.getCollection("executions")
                .insertOne(new Document("_id", id)
                        .append("org_id", ORG.value())
                        .append("workflow_id", "wf_1")
                        .append("status", "in_progress")
                        .append("updated_at", Date.from(updated))
                        .append("steps", new Document(STEP.value(), step)));
    }

    private double rebuilt() {
        return meters.get("engine.queue.rebuilt").counter().count();
    }

    private static JobId job(String execution) {
        return new JobId(new ExecutionId(execution), STEP, 1);
    }
}
