package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.execution.StepWork;
import java.util.function.DoubleSupplier;

/** Decides what follows from a failed attempt. Pure; docs/state-machines.md has it as a table. */
final class Verdict {
    private Verdict() {}

    /**
     * The event to report.
     *
     * @param run the attempt
     * @param failed what came of it
     * @param effect what the action allows when its outcome is unknown
     * @param work the step's work
     * @param spent what the earlier attempts have used up
     * @param random for jitter, numbers from 0 to below 1
     */
    static StepEvent of(
            StepRun run,
            ActionResult.Failed failed,
            EffectMode effect,
            StepWork work,
            Spent spent,
            DoubleSupplier random) {
        if (failed.outcomeUnknown() && !goesOn(effect, work)) {
            return new StepEvent.Failed(run, StepErrors.outcomeUnknown(failed.error()));
        }
        return RetryBudgets.next(run, failed, work.retryPolicy(), spent, random)
                .<StepEvent>map(due -> new StepEvent.AttemptFailed(run, failed.error(), due))
                .orElseGet(() -> new StepEvent.Failed(run, failed.error()));
    }

    /** Whether a step goes on by itself when nobody knows whether its action was done. */
    static boolean goesOn(EffectMode effect, StepWork work) {
        return effect.recoverable() || work.onUnknown() == OnUnknown.REPEAT;
    }
}
