package dev.automationengine.worker.attempt;

import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.worker.lease.HeldJob;
import java.time.Instant;

/** What is to be done with a job that was claimed. */
public sealed interface Outcome {
    /** The job. */
    HeldJob job();

    /**
     * An attempt was made: the dispatcher is told.
     *
     * @param job the job
     * @param event what the dispatcher is told
     */
    record Attempted(HeldJob job, StepEvent event) implements Outcome {}

    /**
     * Nothing was tried, for a passing reason: the job waits, no attempt is charged, and nobody is told.
     *
     * @param job the job
     * @param until when to look again
     */
    record Deferred(HeldJob job, Instant until) implements Outcome {}

    /**
     * There is nothing to do and nothing to tell, because the execution has ended.
     *
     * @param job the job
     */
    record Pointless(HeldJob job) implements Outcome {}
}
