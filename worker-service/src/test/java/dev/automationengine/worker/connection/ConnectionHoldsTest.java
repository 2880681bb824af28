package dev.automationengine.worker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueException;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionHoldsTest {
    private static final OrgId ORG = OrgId.random();
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant END = NOW.plusSeconds(60);

    private final JobQueue queue = mock(JobQueue.class);
    private final ConnectionHolds holds =
            new ConnectionHolds(queue, InstantSource.fixed(NOW), new SimpleMeterRegistry());

    @Test
    void the_queue_is_told_once_however_many_answers_name_the_same_time() {
        for (int i = 0; i < 50; i++) {
            holds.hold(job("CRM_INSERT:-"), END.plusMillis(i * 10), "throttled");
        }
        verify(queue, times(1)).hold(ORG, "CRM_INSERT:-", END);
        assertThat(holds.heldUntil(job("CRM_INSERT:-"))).contains(END);
        assertThat(holds.heldUntil(job("CRM_INSERT:cred_2"))).isEmpty();
    }

    @Test
    void a_later_end_is_told_again() {
        holds.hold(job("a"), END, "throttled");
        holds.hold(job("a"), END.plusSeconds(60), "throttled");
        verify(queue).hold(ORG, "a", END.plusSeconds(60));
    }

    @Test
    void a_hold_that_redis_did_not_take_is_told_again_by_the_next_answer() {
        doThrow(mock(JobQueueException.class)).doNothing().when(queue).hold(ORG, "a", END);
        holds.hold(job("a"), END, "throttled");
        assertThat(holds.heldUntil(job("a"))).isEmpty();
        holds.hold(job("a"), END, "throttled");
        assertThat(holds.heldUntil(job("a"))).contains(END);
    }

    @Test
    void a_hold_that_is_over_holds_nothing() {
        holds.hold(job("a"), NOW, "throttled");
        assertThat(holds.heldUntil(job("a"))).isEmpty();
    }

    @Test
    void a_job_without_a_limit_key_holds_nothing() {
        holds.hold(job(null), END, "throttled");
        verifyNoInteractions(queue);
        assertThat(holds.heldUntil(job(null))).isEmpty();
    }

    private static ClaimedJob job(@Nullable String limitKey) {
        return new ClaimedJob(JobId.parse("exec_1:a:1"), ORG, 1, 1, false, 0, limitKey, "{}", Instant.EPOCH);
    }
}
