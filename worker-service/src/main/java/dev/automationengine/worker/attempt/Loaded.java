package dev.automationengine.worker.attempt;

import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.worker.lease.HeldJob;
import org.jspecify.annotations.Nullable;

/** What the database says about a claimed job. */
public sealed interface Loaded {
    /** The job. */
    HeldJob job();

    /**
     * There is something to do.
     *
     * @param job the job
     * @param workflow its workflow
     * @param work what to do
     * @param spent what the earlier attempts have used up of the budgets
     * @param traceparent W3C trace context of what caused the job; null if unknown
     */
    record Ready(
            HeldJob job,
            WorkflowId workflow,
            StepWork work,
            Spent spent,
            @Nullable String traceparent) implements Loaded {}

    /**
     * There is nothing to do any more.
     *
     * @param job the job
     * @param reason why; one of a few words, for the metric
     */
    record Obsolete(HeldJob job, String reason) implements Loaded {}

    /**
     * There is something to do that this worker cannot read.
     *
     * @param job the job
     * @param workflow its workflow
     */
    record Unreadable(HeldJob job, WorkflowId workflow) implements Loaded {}
}
