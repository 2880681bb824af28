package dev.automationengine.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.workflow.RetryPolicy;
import dev.automationengine.model.workflow.RetryPolicy.Strategy;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofSeconds(10);

    @Test
    void a_fixed_delay_stays_as_it_is() {
        assertThat(RetrySchedule.delay(policy(Strategy.FIXED), 7, null, () -> 0.1))
                .isEqualTo(SECOND);
    }

    @Test
    void a_linear_delay_grows_by_itself_up_to_the_cap() {
        assertThat(RetrySchedule.delay(policy(Strategy.LINEAR), 3, null, () -> 0.1))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(RetrySchedule.delay(policy(Strategy.LINEAR), 30, null, () -> 0.1))
                .isEqualTo(CAP);
    }

    @Test
    void an_exponential_delay_doubles_and_is_spread_from_nothing_to_all_of_it() {
        assertThat(RetrySchedule.delay(policy(Strategy.EXPONENTIAL), 3, null, () -> 0.5))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(RetrySchedule.delay(policy(Strategy.EXPONENTIAL), 3, null, () -> 0))
                .isZero();
    }

    @Property
    void no_delay_is_negative_or_above_the_cap(
            @ForAll Strategy strategy,
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
        assertThat(RetrySchedule.delay(policy(strategy), failures, null, () -> random))
                .isBetween(Duration.ZERO, CAP);
    }

    @Property
    void a_third_party_is_never_asked_earlier_than_it_wished(
            @ForAll Strategy strategy,
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @IntRange(min = 0, max = 86_400) int wished,
            @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
        Duration retryAfter = Duration.ofSeconds(wished);
        assertThat(RetrySchedule.delay(policy(strategy), failures, retryAfter, () -> random))
                .isGreaterThanOrEqualTo(retryAfter);
    }

    private static RetryPolicy policy(Strategy strategy) {
        return new RetryPolicy(strategy, 5, SECOND, CAP);
    }
}
