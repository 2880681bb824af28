package dev.automationengine.scheduler.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs come back that Redis lost.
 *
 * @param grace how long to wait after a loss was noticed: workers learn meanwhile that their leases are gone, and
 *     outcomes on their way arrive. At least a third of a lease
 * @param interval how often to look for single jobs that were lost
 * @param overdue how long a step must have been due before it counts as lost
 * @param page executions read, and put back, at once
 * @param most executions looked at in one search for single jobs; the next search goes on where it ended. So a queue
 *     that is merely long costs no more than this
 */
@ConfigurationProperties("engine.recovery")
record RecoveryProperties(
        @DefaultValue("10s") Duration grace,
        @DefaultValue("15s") Duration interval,
        @DefaultValue("20s") Duration overdue,
        @DefaultValue("500") int page,
        @DefaultValue("5000") int most) {}
