package dev.automationengine.worker.attempt;

import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.worker.lease.HeldJob;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt, ready to be reported.
 *
 * @param job the job
 * @param event what the dispatcher is told; null if there is nothing to tell, because the execution has ended
 */
public record Outcome(HeldJob job, @Nullable StepEvent event) {}
