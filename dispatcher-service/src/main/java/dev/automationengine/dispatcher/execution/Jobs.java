package dev.automationengine.dispatcher.execution;

import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Which job a step that waits for a worker needs, and where it waits. Pure. */
final class Jobs {
    private Jobs() {}

    /**
     * The job to be made. Empty where none is: the step does not wait, or its worker has put the next attempt into the
     * queue itself.
     *
     * @param since when the step began to wait
     */
    static Optional<Decision> of(JobId job, StepState state, StepWork work, Instant since) {
        Instant dueAt = state.nextAttemptAt();
        Instant lastEnd = state.lastAttemptEnd();
        if (state.status() == StepStatus.QUEUED && lastEnd == null) {
            return Optional.of(
                    dueAt != null && ScheduledJob.parked(since, dueAt)
                            ? new Decision.Park(job, work, dueAt, 1)
                            : new Decision.Enqueue(job, work, dueAt));
        }
        boolean parked = state.status() == StepStatus.RETRYING
                && dueAt != null
                && lastEnd != null
                && ScheduledJob.parked(lastEnd, dueAt);
        return parked
                ? Optional.of(new Decision.Park(job, work, Objects.requireNonNull(dueAt), state.lastAttempt() + 1))
                : Optional.empty();
    }
}
