package dev.automationengine.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.RetryPolicy;
import dev.automationengine.model.workflow.RetryPolicy.Budget;
import dev.automationengine.model.workflow.RetryPolicy.Strategy;
import dev.automationengine.worker.attempt.Spent.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryBudgetsTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final RetryPolicy THREE = new RetryPolicy(Strategy.FIXED, 3, null, null);

    @Test
    void being_throttled_does_not_use_up_the_attempts_of_the_policy() {
        Spent spent = new Spent(new Tries(7, START), Tries.NONE);
        assertThat(next(8, ErrorClass.OUTAGE, null, THREE, spent)).isPresent();
        assertThat(next(9, ErrorClass.OUTAGE, null, THREE, spent)).isPresent();
        assertThat(next(10, ErrorClass.OUTAGE, null, THREE, spent)).isEmpty();
    }

    @Test
    void an_outage_does_not_use_up_the_budget_of_throttling() {
        assertThat(next(50, ErrorClass.THROTTLED, null, THREE, Spent.NOTHING)).isPresent();
    }

    @Test
    void throttling_ends_with_its_own_tries_or_its_own_time() {
        RetryPolicy policy = with(new Budget(3, Duration.ofHours(1)), null);
        assertThat(next(2, ErrorClass.THROTTLED, null, policy, new Spent(new Tries(1, START), Tries.NONE)))
                .isPresent();
        assertThat(next(3, ErrorClass.THROTTLED, null, policy, new Spent(new Tries(2, START), Tries.NONE)))
                .isEmpty();
        assertThat(next(2, ErrorClass.THROTTLED, Duration.ofHours(2), policy, Spent.NOTHING))
                .isEmpty();
    }

    @Test
    void a_refused_credential_is_tried_after_5_and_15_minutes_and_then_hourly_for_a_day() {
        List<Duration> waits = new ArrayList<>();
        Instant now = START;
        for (int tries = 0; ; tries++) {
            Spent spent = new Spent(Tries.NONE, new Tries(tries, tries == 0 ? null : START));
            Optional<Instant> due = next(tries + 1, ErrorClass.AUTHENTICATION, null, THREE, spent, now, 0);
            if (due.isEmpty()) {
                break;
            }
            waits.add(Duration.between(now, due.get()));
            now = due.get();
        }
        assertThat(waits)
                .startsWith(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(1));
        assertThat(Duration.between(START, now)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void what_the_third_party_refuses_is_not_tried_again() {
        assertThat(next(1, ErrorClass.REJECTED, Duration.ofSeconds(1), THREE, Spent.NOTHING))
                .isEmpty();
        assertThat(next(1, ErrorClass.CONFIGURATION, null, THREE, Spent.NOTHING))
                .isEmpty();
    }

    @Test
    void throttled_without_a_word_waits_longer_each_time_up_to_a_quarter_of_an_hour() {
        assertThat(RetrySchedule.throttled(THREE, 1, null, () -> 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(RetrySchedule.throttled(THREE, 3, null, () -> 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(RetrySchedule.throttled(THREE, 90, null, () -> 0.99))
                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    }

    @Property
    void every_history_of_failures_ends(
            @ForAll List<ErrorClass> history,
            @ForAll @IntRange(min = 1, max = 100) int attempts,
            @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
        RetryPolicy policy = new RetryPolicy(Strategy.EXPONENTIAL, attempts, null, null);
        int throttled = 0;
        int refused = 0;
        int charged = 0;
        Instant now = START;
        for (int i = 0; i < 400; i++) {
            ErrorClass errorClass = history.isEmpty() ? ErrorClass.TIMEOUT : history.get(i % history.size());
            Spent spent = new Spent(
                    new Tries(throttled, throttled == 0 ? null : START),
                    new Tries(refused, refused == 0 ? null : START));
            Optional<Instant> due = next(i + 1, errorClass, null, policy, spent, now, random);
            switch (errorClass) {
                case THROTTLED -> throttled++;
                case AUTHENTICATION -> refused++;
                case OUTAGE, TIMEOUT, INTERNAL -> charged++;
                case REJECTED, CONFIGURATION -> assertThat(due).isEmpty();
            }
            assertThat(charged).isLessThanOrEqualTo(attempts);
            assertThat(throttled).isLessThanOrEqualTo(RetryPolicy.DEFAULT_THROTTLE.attempts());
            assertThat(refused).isLessThanOrEqualTo(RetryPolicy.DEFAULT_AUTHENTICATION.attempts());
            if (due.isEmpty()) {
                return;
            }
            assertThat(due.get()).isAfterOrEqualTo(now);
            now = due.get();
        }
        assertThat(history).as("the history that did not end").isNull();
    }

    @Property
    void the_next_try_is_never_before_the_time_that_the_third_party_named(
            @ForAll ErrorClass errorClass, @ForAll @IntRange(min = 0, max = 36_000) int seconds) {
        Duration asked = Duration.ofSeconds(seconds);
        next(1, errorClass, asked, THREE, Spent.NOTHING)
                .ifPresent(due -> assertThat(due).isAfterOrEqualTo(START.plus(asked)));
    }

    @Test
    void several_days_are_possible() {
        RetryPolicy daily = new RetryPolicy(Strategy.FIXED, 8, Duration.ofHours(24), Duration.ofHours(24));
        assertThat(next(7, ErrorClass.OUTAGE, null, daily, Spent.NOTHING)).contains(START.plus(Duration.ofDays(1)));
    }

    private static Optional<Instant> next(
            int attempt, ErrorClass errorClass, @Nullable Duration asked, RetryPolicy policy, Spent spent) {
        return RetryBudgets.next(run(attempt, START), failed(errorClass, asked), policy, spent, () -> 0.5);
    }

    private static Optional<Instant> next(
            int attempt,
            ErrorClass errorClass,
            @Nullable Duration asked,
            RetryPolicy policy,
            Spent spent,
            Instant now,
            double random) {
        return RetryBudgets.next(run(attempt, now), failed(errorClass, asked), policy, spent, () -> random);
    }

    private static RetryPolicy with(@Nullable Budget throttle, @Nullable Budget authentication) {
        return new RetryPolicy(Strategy.FIXED, 3, null, null, throttle, authentication);
    }

    private static ActionResult.Failed failed(ErrorClass errorClass, @Nullable Duration asked) {
        StepError error = new StepError(errorClass, "code", "message", null, null, null, "advice");
        return new ActionResult.Failed(error, asked, false, false);
    }

    private static StepRun run(int attempt, Instant at) {
        JobId job = JobId.parse("exec_1:a:1");
        return new StepRun(new OrgId("org_1"), new WorkflowId("wf_1"), job, attempt, 1, "w", at, at, null);
    }
}
