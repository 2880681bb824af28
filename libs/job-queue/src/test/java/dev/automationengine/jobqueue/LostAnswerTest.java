package dev.automationengine.jobqueue;

import static dev.automationengine.jobqueue.Jobs.BIG;
import static dev.automationengine.jobqueue.Jobs.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** The connection breaks after Redis has run a script and before its answer is read: no call runs its script twice. */
class LostAnswerTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock();
    private final RedisProcess redis;
    private final AnswerThief thief;
    private final RedissonClient redisson;
    private final JobQueue queue;

    LostAnswerTest(@TempDir Path directory) {
        redis = RedisProcess.start(directory);
        thief = new AnswerThief(redis.port());
        redisson = client(thief.url());
        queue = new RedisJobQueue(redisson, JobQueueProperties.of("", 1), new SimpleMeterRegistry(), clock);
    }

    @BeforeEach
    void fillTheQueue() {
        queue.enqueue(jobs(BIG, "a", 30));
        // So that Redis knows the scripts, and the next call is one request.
        queue.complete(queue.claim("w", 1, LEASE));
    }

    @AfterEach
    void stop() {
        redisson.shutdown();
        thief.close();
        redis.close();
    }

    @Test
    void a_claim_leases_once_and_what_it_leased_is_rescued() {
        thief.stealNext();

        assertThatThrownBy(() -> queue.claim("w", 10, LEASE)).isInstanceOf(JobQueueException.class);

        assertThat(thief.stolen()).isEqualTo(1);
        await().ignoreExceptions().until(() -> queue.stats().leased() == 10);
        await().during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> queue.stats().leased() == 10);
        clock.advance(LEASE);
        assertThat(queue.rescue(100)).isEqualTo(10);
        assertThat(queue.claim("w", 100, LEASE))
                .hasSize(29)
                .filteredOn(ClaimedJob::rescued)
                .hasSize(10);
    }

    @Test
    void an_enqueue_whose_answer_is_lost_can_be_repeated() {
        thief.stealNext();

        assertThatThrownBy(() -> queue.enqueue(jobs(BIG, "b", 20))).isInstanceOf(JobQueueException.class);

        assertThat(thief.stolen()).isEqualTo(1);
        await().ignoreExceptions().until(() -> queue.stats().ready() == 49);
        assertThat(queue.enqueue(jobs(BIG, "b", 20))).isZero();
        assertThat(queue.stats().ready()).isEqualTo(49);
    }

    @Test
    void a_retry_whose_answer_is_lost_charges_one_attempt_even_if_repeated() {
        queue.retry(List.of(new Later(queue.claim("w", 1, LEASE).getFirst(), clock.instant())));
        ClaimedJob job = queue.claim("w", 1, LEASE).getFirst();
        List<Later> retry = List.of(new Later(job, clock.instant()));
        thief.stealNext();

        assertThatThrownBy(() -> queue.retry(retry)).isInstanceOf(JobQueueException.class);

        assertThat(thief.stolen()).isEqualTo(1);
        await().ignoreExceptions().until(() -> queue.stats().leased() == 0);
        assertThat(queue.retry(retry)).containsExactly(job.id());
        assertThat(queue.claim("w", 100, LEASE))
                .filteredOn(again -> again.id().equals(job.id()))
                .singleElement()
                .extracting(ClaimedJob::attempt)
                .isEqualTo(2);
    }

    /** With the client's own retries as services have them: the queue must not use them. */
    private static RedissonClient client(String url) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(url)
                .setConnectionMinimumIdleSize(1)
                .setTimeout(500)
                .setRetryAttempts(3);
        return Redisson.create(config);
    }
}
