package dev.automationengine.systemtests.secrets;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Runbook;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks of docs/runbooks/hardening.md, as they stand there. */
@ExtendWith(FleetExtension.class)
class HardeningRunbookTest {
    private final Fleet fleet;

    HardeningRunbookTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void every_check_passes() throws Exception {
        new Runbook(fleet, "hardening").run(Duration.ofMinutes(1));
    }
}
