package dev.automationengine.jobqueue;

import static dev.automationengine.jobqueue.Jobs.BIG;
import static dev.automationengine.jobqueue.Jobs.SMALL;
import static dev.automationengine.jobqueue.Jobs.id;
import static dev.automationengine.jobqueue.Jobs.job;
import static dev.automationengine.jobqueue.Jobs.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The contract on one Redis, and what only a Redis can get wrong. */
class RedisJobQueueTest extends RedisContract {
    private static RedisProcess redis;
    private static RedissonClient redisson;

    @BeforeAll
    static void start_redis(@TempDir Path directory) {
        redis = RedisProcess.start(directory, "--appendonly", "yes", "--appendfsync", "everysec");
        redisson = client();
    }

    @AfterAll
    static void stop_redis() {
        redisson.shutdown();
        redis.close();
    }

    @Override
    RedissonClient redisson() {
        return redisson;
    }

    @Test
    void organizations_that_are_done_leave_no_key_behind() {
        String prefix = UUID.randomUUID() + ":";
        queue = open(JobQueueProperties.of(prefix, 4));
        queue.enqueue(jobs(BIG, "big", 30));
        queue.enqueue(jobs(SMALL, "small", 30));
        queue.enqueue(List.of(job(SMALL, "later", 5, clock.instant().plusSeconds(10))));
        List<ClaimedJob> held = claim(50);
        retry(held.getFirst(), clock.instant().plusSeconds(5));
        queue.release(held.subList(1, 5));
        queue.complete(held.subList(5, 40));
        clock.advance(LEASE);
        queue.rescue(100);
        queue.promote(100);
        for (List<ClaimedJob> some = claim(20); !some.isEmpty(); some = claim(20)) {
            queue.complete(some);
        }
        assertThat(keys(prefix)).allMatch(key -> key.endsWith(":done") || key.endsWith(":meta"));

        clock.advance(Duration.ofMinutes(5));
        queue.promote(100);

        assertThat(keys(prefix)).isEmpty();
    }

    @Test
    void completed_ids_are_bounded_by_number_too() {
        String prefix = UUID.randomUUID() + ":";
        queue = open(new JobQueueProperties(1, prefix, 5, 100, Duration.ofMinutes(5), 10, Duration.ofSeconds(3)));
        queue.enqueue(jobs(BIG, "a", 25));

        queue.complete(claim(20));
        clock.advance(Duration.ofSeconds(1));
        queue.complete(claim(5));

        assertThat(redisson.getScoredSortedSet(prefix + "{q:0}:done", StringCodec.INSTANCE)
                        .size())
                .isEqualTo(10);
        assertThat(queue.enqueue(jobs(BIG, "a", 25))).isEqualTo(15);
    }

    @Test
    void scripts_are_loaded_again_when_redis_has_forgotten_them() {
        ClaimedJob before = queuedAndClaimed("a");

        redisson.getScript(StringCodec.INSTANCE).scriptFlush();

        assertThat(queue.renew(List.of(before), LEASE)).isEmpty();
        assertThat(queuedAndClaimed("b").id()).isEqualTo(id("b"));
        assertThat(queue.complete(List.of(before))).isEmpty();
    }

    @Test
    void after_a_wipe_jobs_are_queued_anew_and_holders_from_before_are_refused() {
        queue = new RedisJobQueue(
                redisson, JobQueueProperties.of(UUID.randomUUID() + ":", 4), new SimpleMeterRegistry());
        ClaimedJob lost = queuedAndClaimed("a");
        redisson.getKeys().flushall();
        assertThat(claim(10)).isEmpty();

        // MongoDB has not heard of the claim: it knows no fence.
        assertThat(queue.enqueue(List.of(new NewJob(id("a"), BIG, 5, null, 1, 0, true, null, "p"))))
                .isEqualTo(1);

        ClaimedJob successor = claimOne();
        assertThat(successor.rescued()).isTrue();
        assertThat(successor.fence()).isGreaterThan(lost.fence());
        assertThat(queue.complete(List.of(lost))).containsExactly(id("a"));
        assertThat(queue.complete(List.of(successor))).isEmpty();
    }

    @Test
    void a_redis_that_is_killed_and_started_again_still_has_every_job() {
        queue.enqueue(jobs(BIG, "a", 50));
        queue.enqueue(List.of(job(BIG, "later", 5, clock.instant().plusSeconds(60))));
        List<ClaimedJob> held = claim(20);
        queue.complete(held.subList(0, 5));
        QueueStats before = queue.stats();

        redis.kill();
        assertThatThrownBy(() -> queue.enqueue(jobs(BIG, "unheard", 1))).isInstanceOf(JobQueueException.class);
        redis.startAgain();
        await().ignoreExceptions().until(() -> queue.stats().equals(before));

        List<ClaimedJob> kept = held.subList(5, 20);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(queue.renew(kept, LEASE)).isEmpty());
        assertThat(claim(100)).hasSize(30).doesNotContainAnyElementsOf(held);
        assertThat(queue.complete(kept)).isEmpty();
    }

    @Test
    void workers_are_woken_again_after_redis_was_away() {
        AtomicInteger wakes = new AtomicInteger();
        queue.onWake(wakes::incrementAndGet);
        settle(wakes);
        int before = wakes.get();

        redis.kill();
        redis.startAgain();

        await().until(() -> wakes.get() > before);
        int connected = wakes.get();
        await().ignoreExceptions().until(() -> queue.enqueue(List.of(job(BIG, "a"))) == 1);
        await().until(() -> wakes.get() > connected);
    }

    @Test
    void a_claim_that_is_answered_late_is_not_sent_again() {
        queue = open(new JobQueueProperties(
                1, UUID.randomUUID() + ":", 5, 100, Duration.ofMinutes(5), 10, Duration.ofMillis(200)));
        queue.enqueue(jobs(BIG, "a", 30));
        claim(10);

        redis.command("CLIENT PAUSE 1000 WRITE");
        assertThatThrownBy(() -> claim(10)).isInstanceOf(JobQueueException.class);

        // It was late, not lost: Redis runs it once, and its leases will be rescued.
        await().ignoreExceptions().until(() -> queue.stats().leased() == 20);
        await().during(Duration.ofSeconds(1)).until(() -> queue.stats().leased() == 20);
        assertThat(meters.get("engine.queue.script.failures")
                        .tag("script", "claim")
                        .counter()
                        .count())
                .isEqualTo(1);
        clock.advance(LEASE);
        assertThat(queue.rescue(100)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void the_scripts_answer_as_the_plain_double_does_whatever_happens(long seed) {
        SettableClock ofDouble = new SettableClock();
        queue = emptyQueue(1);

        List<String> answers = new RandomHistory(seed, queue, clock).tell(200);

        assertThat(answers).isEqualTo(new RandomHistory(seed, new InMemoryJobQueue(ofDouble), ofDouble).tell(200));
        assertThat(answers).anyMatch(line -> line.contains("rescued=true"));
    }

    @Test
    void a_claim_that_was_nudged_asks_only_the_shard_that_was_named() {
        queue = emptyQueue(64);
        Semaphore woken = new Semaphore(0);
        queue.onWake(woken::release);
        await().until(woken::tryAcquire);
        assertThat(claim(10)).isEmpty();
        assertThat(scriptCalls("claim")).as("all shards are empty").isZero();

        queue.enqueue(List.of(job(BIG, "a")));
        await().pollInterval(Duration.ofMillis(5)).until(woken::tryAcquire);

        assertThat(claim(10)).hasSize(1);
        assertThat(scriptCalls("claim")).isEqualTo(1);
    }

    @Test
    void a_broken_shard_does_not_keep_the_jobs_of_another_from_their_worker() {
        String prefix = UUID.randomUUID() + ":";
        queue = open(JobQueueProperties.of(prefix, 16));
        QueueKeys keys = new QueueKeys(prefix, 16);
        assertThat(keys.shardOf(BIG)).isNotEqualTo(keys.shardOf(SMALL));
        queue.enqueue(jobs(BIG, "big", 3));
        queue.enqueue(jobs(SMALL, "small", 3));
        redisson.getBucket(keys.meta(keys.shardOf(BIG)), StringCodec.INSTANCE).set("not a hash");

        assertThat(claim(64)).hasSize(3).extracting(ClaimedJob::org).containsOnly(SMALL);
        assertThat(meters.get("engine.queue.script.failures")
                        .tag("script", "claim")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everything_that_happens_is_counted() {
        queue.enqueue(jobs(BIG, "a", 4));
        queue.enqueue(jobs(BIG, "a", 4));
        List<ClaimedJob> held = claim(4);
        queue.complete(held.subList(0, 1));
        queue.complete(held.subList(0, 1));
        retry(held.get(1), clock.instant().plusSeconds(1));
        queue.release(held.subList(2, 3));
        queue.renew(held, LEASE);
        clock.advance(LEASE);
        queue.rescue(10);
        queue.promote(10);

        assertThat(List.of("enqueued", "duplicate", "claimed", "completed", "stale", "retried", "released", "lost"))
                .extracting(this::counted)
                .containsExactly(4.0, 4.0, 4.0, 1.0, 1.0, 1.0, 1.0, 3.0);
        assertThat(List.of("rescued", "promoted")).extracting(this::counted).containsExactly(1.0, 1.0);
        assertThat(meters.get("engine.queue.promotion.lateness").timer().max(TimeUnit.SECONDS))
                .isEqualTo(29);
        assertThat(meters.get("engine.queue.script")
                        .tag("script", "claim")
                        .timer()
                        .count())
                .isPositive();
    }

    private double counted(String event) {
        return meters.get("engine.queue.jobs").tag("event", event).counter().count();
    }

    private long scriptCalls(String script) {
        return meters.get("engine.queue.script").tag("script", script).timer().count();
    }

    private static List<String> keys(String prefix) {
        return StreamSupport.stream(redisson.getKeys().getKeys().spliterator(), false)
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    private static RedissonClient client() {
        Config config = new Config();
        config.useSingleServer().setAddress(redis.url()).setConnectionMinimumIdleSize(4);
        return Redisson.create(config);
    }
}
