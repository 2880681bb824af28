package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.scheduler.recovery.AppliedOutcomes.Reported;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Waits, over several rounds, until {@code executions} is new enough to be trusted: it shows all that was reported at a
 * time, and what was completed since then the queue still remembers and refuses.
 */
final class CaughtUp {
    private final AppliedOutcomes outcomes;
    private final InstantSource clock;
    private final Duration newEnough;
    private @Nullable Reported waitingFor;

    CaughtUp(AppliedOutcomes outcomes, InstantSource clock, JobQueueProperties queue) {
        this.outcomes = outcomes;
        this.clock = clock;
        this.newEnough = queue.doneRetention().dividedBy(2);
    }

    /** Whether it is; call again later if not. */
    boolean isReached() {
        Instant oldest = clock.instant().minus(newEnough);
        Reported reported = waitingFor;
        if (reported == null || reported.at().isBefore(oldest)) {
            reported = outcomes.reported();
            waitingFor = reported;
        }
        return outcomes.applied(reported);
    }

    /** Begins anew: what was reported until now counts. */
    void reset() {
        waitingFor = null;
    }
}
