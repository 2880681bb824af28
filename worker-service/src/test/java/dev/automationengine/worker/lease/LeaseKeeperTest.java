package dev.automationengine.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.worker.WorkerProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
    private final JobQueue queue = mock(JobQueue.class);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LeaseKeeper leases = new LeaseKeeper(
            queue,
            new WorkerProperties("w", 10, 10, Duration.ofSeconds(30), Duration.ofSeconds(1), 5, Map.of()),
            meters);

    @Test
    void a_job_that_is_not_ours_any_more_is_ended_and_the_others_go_on() throws InterruptedException {
        ClaimedJob lost = job("exec_1:a:1");
        ClaimedJob kept = job("exec_2:a:1");
        List<HeldJob> held = leases.hold(List.of(lost, kept));
        CountDownLatch never = new CountDownLatch(1);
        Thread attemptOfLost = attempt(held.getFirst(), never);
        Thread attemptOfKept = attempt(held.getLast(), never);
        when(queue.renew(anyCollection(), any())).thenReturn(Set.of(lost));

        leases.renew();

        assertThat(attemptOfLost.join(Duration.ofSeconds(5))).isTrue();
        assertThat(attemptOfKept.isAlive()).isTrue();
        assertThat(held.getFirst().lost()).isTrue();
        assertThat(held.getLast().lost()).isFalse();
        assertThat(leases.size()).isEqualTo(1);
        assertThat(meters.counter("engine.worker.leases.lost").count()).isEqualTo(1);
        never.countDown();
    }

    @Test
    void a_stopping_worker_gives_back_only_what_may_be_repeated() {
        List<HeldJob> held = leases.hold(List.of(job("exec_1:a:1"), job("exec_2:a:1")));
        held.getLast().beginUnrepeatable();

        leases.releaseAll();

        verify(queue).release(List.of(held.getFirst().job()));
        assertThat(leases.size()).isZero();
        assertThat(held).allMatch(HeldJob::lost);
    }

    @Test
    void waiting_for_room_ends_when_a_job_is_dropped() throws InterruptedException {
        List<HeldJob> held = leases.hold(List.of(job("exec_1:a:1")));
        assertThat(leases.awaitFewerThan(1, Duration.ofMillis(10))).isFalse();
        leases.drop(held);
        assertThat(leases.awaitFewerThan(1, Duration.ofMillis(10))).isTrue();
    }

    private static Thread attempt(HeldJob job, CountDownLatch never) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        job.attemptBy(thread);
        return thread;
    }

    private static ClaimedJob job(String id) {
        return new ClaimedJob(JobId.parse(id), OrgId.random(), 1, 1, false, 0, null, "{}", Instant.EPOCH);
    }
}
