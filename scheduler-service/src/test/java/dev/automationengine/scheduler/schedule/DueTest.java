package dev.automationengine.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.schedule.CatchUpPolicy;
import dev.automationengine.kit.schedule.Schedule;
import dev.automationengine.kit.schedule.ZonedCron;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fired, and what becomes of times that were missed. */
class DueTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:30Z");
    private static final Duration ON_TIME = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource
    void a_time_that_has_just_come_is_fired_whatever_the_policy(CatchUpPolicy policy) {
        Due due = due("0 12 * * *", policy, "2026-11-23T12:00:00Z");
        assertThat(due.times()).containsExactly(Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(due.madeUp()).isZero();
        assertThat(due.leftOut()).isFalse();
        assertThat(due.next()).contains(Instant.parse("2026-11-24T12:00:00Z"));
    }

    @Test
    void with_none_all_that_was_missed_is_left_out_and_told() {
        Due due = due("0 12 * * *", CatchUpPolicy.NONE, "2026-11-20T12:00:00Z");
        assertThat(due.times()).containsExactly(Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(due.leftOut()).isTrue();
    }

    @Test
    void with_one_the_latest_that_was_missed_is_made_up_for() {
        Due due = due("0 9 * * *", CatchUpPolicy.ONE, "2026-11-20T09:00:00Z");
        assertThat(due.times()).containsExactly(Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(due.madeUp()).isEqualTo(1);
        assertThat(due.leftOut()).isTrue();
        assertThat(due("0 9 * * *", CatchUpPolicy.ONE, "2026-11-23T09:00:00Z").leftOut())
                .isFalse();
    }

    @Test
    void with_all_each_is_made_up_for_oldest_first() {
        Due due = due("0 9 * * *", CatchUpPolicy.ALL, "2026-11-21T09:00:00Z");
        assertThat(due.times())
                .containsExactly(
                        Instant.parse("2026-11-21T09:00:00Z"),
                        Instant.parse("2026-11-22T09:00:00Z"),
                        Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(due.leftOut()).isFalse();
    }

    @Test
    void with_all_no_more_than_the_latest_hundred_and_what_is_on_time() {
        Due due = due("* * * * *", CatchUpPolicy.ALL, "2016-11-23T12:00:00Z");
        assertThat(due.madeUp()).isEqualTo(100);
        assertThat(due.times()).hasSize(101).last().isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(due.times()).first().isEqualTo(Instant.parse("2026-11-23T10:20:00Z"));
        assertThat(due.leftOut()).isTrue();
        assertThat(due.times()).doesNotHaveDuplicates().isSorted();
    }

    private static Due due(String cron, CatchUpPolicy policy, String nextAt) {
        return Due.of(
                new WorkflowSchedule(
                        OrgId.random(),
                        WorkflowId.random(),
                        new Schedule(ZonedCron.parse(cron, ZoneId.of("UTC")), policy),
                        Instant.EPOCH,
                        Instant.parse(nextAt),
                        null),
                NOW,
                ON_TIME);
    }
}
