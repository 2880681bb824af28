package dev.automationengine.scheduler.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.Promotion;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DelayedJobPromoterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void it_rests_until_the_next_job_is_due() {
        assertThat(rest(NOW.plusMillis(150))).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void it_looks_again_before_a_far_job_is_due_because_a_nearer_one_may_come() {
        assertThat(rest(NOW.plusSeconds(60))).isEqualTo(DelayedJobPromoter.LONGEST_REST);
    }

    @Test
    void it_does_not_spin_while_redis_thinks_that_a_job_is_not_due_yet() {
        assertThat(rest(NOW.minusMillis(30))).isEqualTo(DelayedJobPromoter.SHORTEST_REST);
    }

    @Test
    void it_looks_again_when_nothing_waits() {
        assertThat(DelayedJobPromoter.rest(new Promotion(0, null), NOW)).isEqualTo(DelayedJobPromoter.LONGEST_REST);
    }

    private static Duration rest(Instant nextDue) {
        return DelayedJobPromoter.rest(new Promotion(0, nextDue), NOW);
    }
}
