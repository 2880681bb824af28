package dev.automationengine.scheduler.parked;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParkedPropertiesTest {
    private static final Duration RETENTION = Duration.ofMinutes(5);

    @Test
    void the_defaults_fit() {
        assertThatNoException().isThrownBy(() -> properties("PT5M", "PT30S").requireFitting(RETENTION));
    }

    @Test
    void a_lookahead_that_meets_the_attempt_before_is_refused_and_named() {
        assertThatIllegalStateException()
                .isThrownBy(() -> properties("PT10M", "PT30S").requireFitting(RETENTION))
                .withMessageContaining("engine.scheduled-jobs.lookahead")
                .withMessageContaining("engine.queue.done-retention");
    }

    @Test
    void a_lookahead_shorter_than_the_rounds_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> properties("PT30S", "PT30S").requireFitting(RETENTION))
                .withMessageContaining("engine.scheduled-jobs.interval");
    }

    private static ParkedProperties properties(String lookahead, String interval) {
        return new ParkedProperties(Duration.parse(lookahead), Duration.parse(interval), 500);
    }
}
