package dev.automationengine.systemtests.deploy;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Runbook;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do when an alert wakes them: the commands of each runbook, as they stand there, on a running fleet. */
@ExtendWith(FleetExtension.class)
class AlertRunbooksTest {
    private final Fleet fleet;

    AlertRunbooksTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook-availability",
                "slow-leads",
                "queue-backlog",
                "rescue-storm",
                "redis-loss",
                "kafka-lag",
                "dead-letters",
                "no-leads",
                "service-down",
                "certificates"
            })
    void every_command_succeeds(String runbook) throws Exception {
        new Runbook(fleet, runbook).run(Duration.ofMinutes(4));
    }
}
