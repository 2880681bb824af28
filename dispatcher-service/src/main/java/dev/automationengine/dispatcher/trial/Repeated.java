package dev.automationengine.dispatcher.trial;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;

/** Calls that are repeated with an Idempotency-Key. */
final class Repeated {
    private Repeated() {}

    /**
     * Refuses a key that was sent with another request before.
     *
     * @throws ProblemException if it was
     */
    static void check(boolean same) {
        if (!same) {
            throw new ProblemException(
                    Problem.IDEMPOTENCY_KEY_REUSED,
                    "The Idempotency-Key was sent with another request before: send a new key with a new request.");
        }
    }
}
