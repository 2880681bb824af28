package dev.automationengine.scheduler.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** Parked jobs on real Kafka, MongoDB wire server and Redis. The tests move the clock; the service's own rounds rest. */
@SpringBootTest(properties = {"engine.scheduled-jobs.interval=4m", "engine.queue.prefix=parked-test:"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
class ParkedJobsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final OrgId ORG = new OrgId("org_1");
    private static final StepId STEP = new StepId("step_2");

    @Autowired
    private ParkedJobs parked;

    @Autowired
    private WaitingSteps steps;

    @Autowired
    private JobQueue queue;

    @Autowired
    private JobQueueProperties queueProperties;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private MongoTemplate mongo;

    @BeforeEach
    void startEmpty(@Autowired RedissonClient redisson, @Autowired KafkaAdmin kafka) {
        kafka.createOrModifyTopics(
                TopicBuilder.name(Topic.Name.SCHEDULED_JOBS).partitions(3).build());
        Stream.of("executions", ParkedJobs.COLLECTION)
                .forEach(name -> mongo.getCollection(name).deleteMany(new Document()));
        redisson.getKeys().deleteByPattern("parked-test:*");
    }

    @Test
    void a_job_of_tomorrow_lies_in_mongodb_and_costs_redis_nothing_until_shortly_before() {
        Instant due = Instant.now().plus(Duration.ofDays(1));
        waits("exec_1", 1);
        publish(scheduled("exec_1", due, 2));
        await().atMost(SOON).until(() -> parked.count() == 1);

        pageIn(due.minus(Duration.ofMinutes(6))).round();
        assertThat(queue.stats().delayed()).isZero();
        pageIn(due.minus(Duration.ofMinutes(4))).round();
        assertThat(queue.stats().delayed()).isEqualTo(1);
        assertThat(parked.count()).isZero();
    }

    @Test
    void a_later_attempt_replaces_an_earlier_one_and_never_the_other_way_round() {
        Instant due = Instant.now().plus(Duration.ofHours(1));
        parked.put(List.of(scheduled("exec_1", due, 3)));
        parked.put(List.of(scheduled("exec_1", due.plusSeconds(60), 2), scheduled("exec_2", due, 1)));
        assertThat(attempt("exec_1")).isEqualTo(3);
        parked.put(List.of(scheduled("exec_1", due.plusSeconds(60), 4), scheduled("exec_2", due, 1)));
        assertThat(attempt("exec_1")).isEqualTo(4);
        assertThat(parked.count()).isEqualTo(2);
    }

    @Test
    void who_dies_between_queue_and_deletion_loses_nothing_and_starts_nothing_twice() {
        Instant due = Instant.now().minusSeconds(1);
        IntStream.range(0, 7).forEach(i -> waits("exec_" + i, 1));
        parked.put(IntStream.range(0, 7)
                .mapToObj(i -> scheduled("exec_" + i, due, 2))
                .toList());

        PageIn dying = pageIn(Instant.now(), diesAfterEnqueue());
        assertThatIllegalStateException().isThrownBy(dying::round);
        assertThat(parked.count())
                .as("still there, as nobody knows that the queue has some")
                .isEqualTo(7);
        ClaimedJob finished = queue.claim("w", 1, LEASE).getFirst();
        queue.complete(List.of(finished));

        pageIn(Instant.now()).round();
        assertThat(parked.count()).isZero();
        List<ClaimedJob> rest = queue.claim("w", 100, LEASE);
        assertThat(rest)
                .hasSize(6)
                .extracting(ClaimedJob::id)
                .doesNotHaveDuplicates()
                .doesNotContain(finished.id());
        assertThat(rest).extracting(ClaimedJob::attempt).containsOnly(2);
    }

    @Test
    void replicas_that_page_in_at_the_same_time_queue_each_job_once() {
        Instant due = Instant.now().minusSeconds(1);
        IntStream.range(0, 40).forEach(i -> waits("exec_" + i, 0));
        parked.put(IntStream.range(0, 40)
                .mapToObj(i -> scheduled("exec_" + i, due, 1))
                .toList());
        IntStream.range(0, 4)
                .parallel()
                .forEach(replica -> pageIn(Instant.now()).round());
        assertThat(queue.claim("w", 100, LEASE))
                .hasSize(40)
                .extracting(ClaimedJob::id)
                .doesNotHaveDuplicates();
        assertThat(parked.count()).isZero();
    }

    @Test
    void a_message_of_an_attempt_that_is_over_starts_nothing() {
        Instant due = Instant.now().minusSeconds(1);
        waits("exec_1", 2);
        parked.put(List.of(scheduled("exec_1", due, 2), scheduled("exec_gone", due, 1)));
        pageIn(Instant.now()).round();
        assertThat(queue.stats().ready()).isZero();
        assertThat(parked.count()).isZero();
    }

    @Test
    void deleting_an_attempt_leaves_the_next_one_alone() {
        Instant due = Instant.now().minusSeconds(1);
        waits("exec_1", 1);
        parked.put(List.of(scheduled("exec_1", due, 2)));
        PageIn slow = pageIn(Instant.now(), parksTheNextAttemptMeanwhile(due));
        slow.round();
        assertThat(attempt("exec_1")).isEqualTo(3);
    }

    private PageIn pageIn(Instant now) {
        return pageIn(now, queue);
    }

    private PageIn pageIn(Instant now, JobQueue through) {
        ParkedProperties properties = new ParkedProperties(Duration.ofMinutes(5), Duration.ofSeconds(30), 3);
        return new PageIn(
                parked,
                steps,
                through,
                properties,
                queueProperties,
                InstantSource.fixed(now),
                new SimpleMeterRegistry());
    }

    private JobQueue diesAfterEnqueue() {
        return after(() -> {
            throw new IllegalStateException("killed");
        });
    }

    private JobQueue parksTheNextAttemptMeanwhile(Instant due) {
        return after(() -> parked.put(List.of(scheduled("exec_1", due.plus(Duration.ofHours(1)), 3))));
    }

    /** The real queue, and something that happens right after it took the jobs. */
    private JobQueue after(Runnable then) {
        return (JobQueue) Proxy.newProxyInstance(
                JobQueue.class.getClassLoader(), new Class<?>[] {JobQueue.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(queue, arguments);
                        if (method.getName().equals("enqueue")) {
                            then.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void publish(ScheduledJob job) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(
                        List.of(new Fact(Topic.SCHEDULED_JOBS, job.jobId().value(), job))));
    }

    private int attempt(String execution) {
        return mongo.getCollection(ParkedJobs.COLLECTION)
                .find(new Document("_id", job(execution).value()))
                .iterator()
                .next()
                .getInteger("attempt");
    }

    private void waits(String execution, int attempts) {
        Document step = new Document("status", attempts == 0 ? "queued" : "retrying")
                .append("epoch", 1)
                .append(
                        "attempts",
                        IntStream.rangeClosed(1, attempts)
                                .mapToObj(number -> new Document("number", number))
                                .toList());
        mongo.getCollection("executions")
                .insertOne(new Document("_id", execution)
                        .append("org_id", ORG.value())
                        .append("status", "in_progress")
                        .append("steps", new Document(STEP.value(), step)));
    }

    private static JobId job(String execution) {
        return new JobId(new ExecutionId(execution), STEP, 1);
    }

    private static ScheduledJob scheduled(String execution, Instant due, int attempt) {
        JobReference reference = new JobReference(new WorkflowId("wf_1"), "CRM_INSERT", null);
        return new ScheduledJob(job(execution), ORG, NewJob.NORMAL, due, attempt, 7, false, "crm", reference);
    }
}
