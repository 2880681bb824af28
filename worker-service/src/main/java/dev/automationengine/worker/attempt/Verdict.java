package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/** Decides what follows from the result of an attempt. Pure. */
final class Verdict {
    /** Code of a step that nobody may repeat without looking. */
    static final String OUTCOME_UNKNOWN = "outcome_unknown";

    private static final String LOOK = "Look at the third party whether it was done. If it was not, redrive the step.";

    private Verdict() {}

    /**
     * The event to report.
     *
     * @param run the attempt
     * @param result what came of it
     * @param effect whether it may be repeated
     * @param policy the step's retry policy
     * @param uncharged earlier attempts that do not count
     * @param random for jitter, numbers from 0 to below 1
     */
    @SuppressWarnings("NullAway") // A compact constructor's class file has lost the annotation inside of Map<>.
    static StepEvent of(
            StepRun run,
            ActionResult result,
            EffectMode effect,
            RetryPolicy policy,
            int uncharged,
            DoubleSupplier random) {
        return switch (result) {
            case ActionResult.Succeeded succeeded ->
                new StepEvent.Completed(run, succeeded.httpStatus(), succeeded.output());
            case ActionResult.Failed failed -> failed(run, failed, effect, policy, uncharged, random);
        };
    }

    private static StepEvent failed(
            StepRun run,
            ActionResult.Failed failed,
            EffectMode effect,
            RetryPolicy policy,
            int uncharged,
            DoubleSupplier random) {
        StepError error = failed.error();
        if (failed.outcomeUnknown() && !effect.repeatable()) {
            return new StepEvent.Failed(run, unknown(error));
        }
        int charged = Math.max(1, run.attempt() - uncharged);
        boolean left = failed.notAttempted() ? run.attempt() < RetryPolicy.MAX_ATTEMPTS : charged < policy.attempts();
        if (!left || !error.errorClass().retryable()) {
            return new StepEvent.Failed(run, error);
        }
        Duration delay = RetrySchedule.delay(policy, charged, failed.retryAfter(), random);
        Instant next = run.finishedAt().plus(delay);
        return new StepEvent.AttemptFailed(run, error, next);
    }

    /** A rescued attempt of an action that must not be repeated: nothing was done now, nobody knows about before. */
    static StepError rescued() {
        return new StepError(
                ErrorClass.TIMEOUT,
                OUTCOME_UNKNOWN,
                "A worker fell silent during this attempt. Nobody knows whether the action was done.",
                null,
                null,
                null,
                LOOK);
    }

    private static StepError unknown(StepError error) {
        return new StepError(
                error.errorClass(),
                OUTCOME_UNKNOWN,
                "Nobody knows whether the action was done: " + error.message(),
                error.httpStatus(),
                error.request(),
                error.answer(),
                LOOK);
    }
}
