package dev.automationengine.kit.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final long NOW = 1_003_000;
    private final Lease lease = new Lease(List.of(new Limit("key", "a", 1_000)), 10_000, 100);

    @Test
    void the_size_follows_the_demand_up_to_the_most() {
        assertThat(lease.wanted(NOW)).isEqualTo(1);
        give(1, NOW);
        // Used up within 10 ms: a fifth of a second needs 20, but it grows by four at a time.
        assertThat(lease.wanted(NOW + 10)).isEqualTo(4);
        give(40, NOW);
        assertThat(lease.wanted(NOW + 10)).isEqualTo(100);
        assertThat(lease.wanted(NOW + 100)).isEqualTo(80);
        assertThat(lease.wanted(NOW + 400)).isEqualTo(20);
        assertThat(lease.wanted(NOW + 60_000)).isEqualTo(1);
    }

    @Test
    void permits_end_with_their_window_and_so_do_debts() {
        give(5, NOW);
        assertThat(lease.take(NOW + 6_999)).hasValue(new Verdict(true, "key", 99, 1));
        lease.owe();
        assertThat(lease.take(NOW + 7_000)).isEmpty();
        assertThat(lease.settle()).isZero();
    }

    @Test
    void a_debt_is_told_once() {
        lease.refusal(NOW);
        lease.owe();
        lease.owe();
        assertThat(lease.settle()).isEqualTo(2);
        assertThat(lease.settle()).isZero();
    }

    @Test
    void a_clock_that_is_set_back_does_not_refuse_for_longer_than_a_window() {
        give(0, NOW);
        assertThat(lease.refusal(NOW)).isPresent();
        assertThat(lease.refusal(NOW - 3_600_000)).isEmpty();
    }

    private void give(long permits, long now) {
        lease.given(new Grant(permits, 7_000, List.of(permits == 0 ? 0L : 95L)), now);
    }
}
