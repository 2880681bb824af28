package dev.automationengine.worker.attempt;

import java.util.Set;

/**
 * Errors of attempts in which nothing was sent for a reason that is not the step's. They are on record, but the retry
 * policy does not count them.
 */
final class UnchargedCodes {
    /** The circuit breaker of the host was open. */
    static final String BREAKER_OPEN = "breaker_open";

    /** The database that holds the credentials did not answer. */
    static final String VAULT_AWAY = "vault_away";

    static final Set<String> ALL = Set.of(BREAKER_OPEN, VAULT_AWAY);

    private UnchargedCodes() {}
}
