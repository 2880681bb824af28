package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.workflow.RetryPolicy;
import dev.automationengine.model.workflow.RetryPolicy.Budget;
import dev.automationengine.worker.attempt.Spent.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when there is another try. Each kind of failure has a budget of its own: the policy's attempts
 * count outages, timeouts and faults of the engine; being throttled and being refused for the credential do not use
 * them up. Pure.
 */
final class RetryBudgets {
    private RetryBudgets() {}

    /**
     * When the next try is due.
     *
     * @param run the attempt that failed
     * @param failed how
     * @param policy the step's policy
     * @param spent what the earlier attempts have used up
     * @param random for jitter, numbers from 0 to below 1
     * @return empty if the budget is used up, or if trying again would not help
     */
    static Optional<Instant> next(
            StepRun run, ActionResult.Failed failed, RetryPolicy policy, Spent spent, DoubleSupplier random) {
        return switch (failed.error().errorClass()) {
            case THROTTLED -> {
                int tries = spent.throttled().count() + 1;
                Duration wait = RetrySchedule.throttled(policy, tries, failed.retryAfter(), random);
                yield within(policy.throttleBudget(), spent.throttled(), run, wait);
            }
            case AUTHENTICATION -> {
                int tries = spent.refused().count() + 1;
                Duration wait = RetrySchedule.refused(tries, failed.retryAfter(), random);
                yield within(policy.authenticationBudget(), spent.refused(), run, wait);
            }
            case OUTAGE, TIMEOUT, INTERNAL -> charged(run, failed.retryAfter(), policy, spent, random);
            case REJECTED, CONFIGURATION -> Optional.empty();
        };
    }

    private static Optional<Instant> within(Budget budget, Tries earlier, StepRun run, Duration wait) {
        Instant end =
                Objects.requireNonNullElse(earlier.first(), run.startedAt()).plus(budget.within());
        Instant due = run.finishedAt().plus(wait);
        return earlier.count() + 1 < budget.attempts() && !due.isAfter(end) ? Optional.of(due) : Optional.empty();
    }

    /** An attempt that is not on record yet, or not any more, counts: better a try too few than no end. */
    private static Optional<Instant> charged(
            StepRun run, @Nullable Duration retryAfter, RetryPolicy policy, Spent spent, DoubleSupplier random) {
        int tries = Math.max(1, run.attempt() - spent.uncharged());
        return tries < policy.attempts()
                ? Optional.of(run.finishedAt().plus(RetrySchedule.delay(policy, tries, retryAfter, random)))
                : Optional.empty();
    }
}
