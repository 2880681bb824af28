package dev.automationengine.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite's first fault, short: a part of every build. */
@ExtendWith(FleetExtension.class)
class WorkerDiesTest {
    private static final double RATE = 5;
    private static final int LEADS = 60;

    private final Fleet fleet;

    WorkerDiesTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void nothing_is_lost_when_the_worker_is_killed() {
        Outcome outcome = new FaultTrial(fleet, "Worker dies").run(Fault.kill("worker-service"), RATE, LEADS);

        assertThat(outcome.remarks()).isEmpty();
        assertThat(outcome.accepted()).isGreaterThanOrEqualTo(LEADS).isEqualTo(outcome.completed() + outcome.held());
        assertThat(outcome.repeated()).isZero();
    }
}
