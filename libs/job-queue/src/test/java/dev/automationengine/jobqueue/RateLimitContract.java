package dev.automationengine.jobqueue;

import static dev.automationengine.jobqueue.Jobs.BIG;
import static dev.automationengine.jobqueue.Jobs.SMALL;
import static dev.automationengine.jobqueue.Jobs.id;
import static dev.automationengine.jobqueue.Jobs.job;
import static dev.automationengine.jobqueue.Jobs.jobs;
import static dev.automationengine.jobqueue.Jobs.limited;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rate limits and holds of limit keys. */
interface RateLimitContract extends QueueScene {
    RateLimit FIVE_A_SECOND = new RateLimit(5, Duration.ofSeconds(1));

    @Test
    default void a_key_gives_its_permits_at_once_and_then_one_at_a_time() {
        queue().setRateLimit(BIG, "crm", FIVE_A_SECOND);
        queue().enqueue(limited(BIG, "a", 9, "crm"));

        assertThat(claimed(100)).hasSize(5).allMatch(job -> "crm".equals(job.limitKey()));
        assertThat(claimed(100)).isEmpty();
        later(Duration.ofMillis(199));
        assertThat(claimed(100)).isEmpty();
        later(Duration.ofMillis(1));
        assertThat(claimed(100)).hasSize(1);
        later(Duration.ofMillis(400));
        assertThat(claimed(100)).hasSize(2);
        later(Duration.ofSeconds(60));
        assertThat(claimed(100)).extracting(ClaimedJob::id).containsExactly(id("a8"));
    }

    @Test
    default void a_limited_job_burns_no_attempt_and_keeps_its_place() {
        queue().setRateLimit(BIG, "crm", new RateLimit(1, Duration.ofSeconds(1)));
        queue().enqueue(limited(BIG, "a", 3, "crm"));
        claimedOne();
        for (int i = 0; i < 5; i++) {
            assertThat(claimed(10)).isEmpty();
        }

        later(Duration.ofSeconds(1));
        ClaimedJob second = claimedOne();
        assertThat(second.id()).isEqualTo(id("a1"));
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.rescued()).isFalse();
        assertThat(second.rescues()).isZero();
    }

    @Test
    default void limited_jobs_do_not_stop_others_of_the_organization_nor_of_another_key() {
        queue().setRateLimit(BIG, "crm", FIVE_A_SECOND);
        queue().enqueue(limited(BIG, "slow", 50, "crm"));
        queue().enqueue(jobs(BIG, "plain", 3));
        queue().enqueue(limited(BIG, "other", 3, "whatsapp"));

        assertThat(claimed(100)).hasSize(11);
        assertThat(queue().stats()).isEqualTo(new QueueStats(45, 0, 11, 0));
    }

    @Test
    default void each_organization_has_its_own_limit() {
        queue().setRateLimit(BIG, "crm", FIVE_A_SECOND);
        queue().enqueue(limited(BIG, "big", 10, "crm"));
        queue().enqueue(limited(SMALL, "small", 10, "crm"));

        assertThat(claimed(100)).hasSize(15);
    }

    @Test
    default void priority_goes_before_the_line_also_with_limits() {
        useOneShard();
        queue().enqueue(List.of(
                limited(BIG, "first", "crm"),
                job(BIG, "second"),
                limited(BIG, "third", "crm"),
                job(BIG, "fourth"),
                limited(BIG, "fifth", "whatsapp"),
                job(BIG, "urgent", NewJob.FIRST, null)));

        assertThat(claimed(6))
                .extracting(ClaimedJob::id)
                .containsExactly(id("urgent"), id("first"), id("second"), id("third"), id("fourth"), id("fifth"));
    }

    @Test
    default void a_promotion_tells_when_a_limited_job_may_go() {
        queue().setRateLimit(BIG, "crm", FIVE_A_SECOND);
        queue().enqueue(limited(BIG, "a", 6, "crm"));
        claimed(5);
        assertThat(claimed(5)).isEmpty();

        assertThat(queue().promote(10).nextDueAt()).isEqualTo(clock().instant().plusMillis(200));
    }

    @Test
    default void a_limit_that_is_lifted_or_widened_lets_the_waiting_jobs_go() {
        queue().setRateLimit(BIG, "crm", new RateLimit(1, Duration.ofDays(1)));
        queue().enqueue(limited(BIG, "a", 9, "crm"));
        assertThat(claimed(100)).hasSize(1);
        assertThat(claimed(100)).isEmpty();

        queue().setRateLimit(BIG, "crm", new RateLimit(3, Duration.ofMillis(3)));
        queue().setRateLimit(BIG, "crm", null);

        assertThat(claimed(100)).hasSize(8);
    }

    @Test
    default void a_held_key_gives_no_job_before_the_end() {
        queue().enqueue(limited(BIG, "a", 3, "crm"));
        Instant end = clock().instant().plusSeconds(20);
        queue().hold(BIG, "crm", end);
        queue().hold(BIG, "crm", clock().instant().plusSeconds(10));
        queue().hold(BIG, "crm", clock().instant().minusSeconds(10));
        queue().enqueue(List.of(job(BIG, "other")));

        assertThat(claimed(100)).extracting(ClaimedJob::id).containsExactly(id("other"));
        assertThat(queue().promote(10).nextDueAt()).isEqualTo(end);
        later(Duration.ofMillis(19_999));
        assertThat(claimed(100)).isEmpty();
        later(Duration.ofMillis(1));
        assertThat(claimed(100)).hasSize(3);
    }

    @Test
    default void a_hold_can_be_made_longer_while_jobs_wait() {
        queue().enqueue(limited(BIG, "a", 3, "crm"));
        queue().hold(BIG, "crm", clock().instant().plusSeconds(10));
        assertThat(claimed(100)).isEmpty();
        queue().hold(BIG, "crm", clock().instant().plusSeconds(30));

        later(Duration.ofSeconds(29));
        assertThat(claimed(100)).isEmpty();
        later(Duration.ofSeconds(1));
        assertThat(claimed(100)).hasSize(3);
    }

    @Test
    default void a_job_keeps_its_key_over_release_rescue_retry_and_deferral() {
        queue().enqueue(limited(BIG, "a", 1, "crm"));
        queue().release(claimed(1));
        queue().retry(List.of(new Later(claimedOne(), clock().instant())));
        queue().defer(List.of(new Later(claimedOne(), clock().instant().plusSeconds(1))));
        later(Duration.ofSeconds(1));
        assertThat(claimedOne().limitKey()).isEqualTo("crm");
        clock().advance(HALF_A_MINUTE);
        queue().rescue(10);
        queue().hold(BIG, "crm", clock().instant().plusSeconds(1));

        assertThat(claimed(1)).isEmpty();
        later(Duration.ofSeconds(1));
        assertThat(claimedOne().limitKey()).isEqualTo("crm");
    }
}
