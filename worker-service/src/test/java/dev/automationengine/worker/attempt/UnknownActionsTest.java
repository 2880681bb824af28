package dev.automationengine.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.ConnectorProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A job whose action has not reached this worker waits, but not for ever. */
class UnknownActionsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final UnknownActions actions =
            new UnknownActions(new ConnectorProperties(null, Duration.ofSeconds(10), Duration.ofMinutes(2)), now::get);

    @Test
    void jobs_wait_from_the_first_that_asked() {
        assertThat(actions.wait("NEW"))
                .hasValueSatisfying(later -> assertThat(later.reason()).isEqualTo(ActionResult.Reason.ACTION_UNKNOWN));
        now.set(START.plusSeconds(119));
        assertThat(actions.wait("NEW")).isPresent();

        now.set(START.plusSeconds(120));

        assertThat(actions.wait("NEW")).isEmpty();
        assertThat(actions.wait("NEWER")).isPresent();
    }
}
