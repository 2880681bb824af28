package dev.automationengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentiles_are_those_of_what_was_added() {
        Latencies latencies = new Latencies("stage");
        for (int i = 1; i <= 100; i++) {
            latencies.add(Duration.ofMillis(i));
        }
        assertThat(latencies.row()).isEqualTo("| stage | 50.0 | 95.0 | 99.0 | 100.0 |");
    }

    @Test
    void what_is_out_of_range_counts_at_its_edge() {
        Latencies latencies = new Latencies("stage");
        latencies.add(Duration.ofMillis(-3));
        latencies.add(Duration.ofMinutes(5));
        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.millis(50)).isZero();
        assertThat(latencies.millis(100)).isBetween(60_000.0, 60_100.0);
    }
}
