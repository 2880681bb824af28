package dev.automationengine.model.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScheduledJobTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void a_job_due_beyond_the_horizon_is_parked() {
        assertThat(ScheduledJob.parked(NOW, NOW.plus(ScheduledJob.HORIZON).plusMillis(1)))
                .isTrue();
    }

    @Test
    void a_job_due_at_the_horizon_or_before_waits_in_redis() {
        assertThat(ScheduledJob.parked(NOW, NOW.plus(ScheduledJob.HORIZON))).isFalse();
        assertThat(ScheduledJob.parked(NOW, NOW.minusSeconds(1))).isFalse();
    }
}
