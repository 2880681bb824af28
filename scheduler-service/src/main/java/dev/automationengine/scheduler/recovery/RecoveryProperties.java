package dev.automationengine.scheduler.recovery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs come back that Redis lost.
 *
 * @param grace how long to wait after Redis came back empty: workers learn meanwhile that their leases are gone, and
 *     outcomes on their way arrive. At least a third of a lease
 * @param interval how often to look for single jobs that were lost
 * @param overdue how long a step must have been due before it counts as lost
 * @param page executions read at once
 * @param pagesPerRound most pages read in a second while looking for single jobs
 */
@ConfigurationProperties("engine.recovery")
record RecoveryProperties(
        @DefaultValue("10s") Duration grace,
        @DefaultValue("30s") Duration interval,
        @DefaultValue("1m") Duration overdue,
        @DefaultValue("500") int page,
        @DefaultValue("10") int pagesPerRound) {}
