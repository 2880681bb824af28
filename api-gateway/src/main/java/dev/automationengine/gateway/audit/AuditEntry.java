package dev.automationengine.gateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded; {@link AuditRecord} explains the members.
 *
 * @param at when, in whole milliseconds
 * @param actor who
 * @param role the user's role
 * @param method how
 * @param path what
 * @param from from where
 * @param outcomeOf the request's number, if this is its outcome
 * @param status the outcome
 */
record AuditEntry(
        Instant at,
        String actor,
        @Nullable String role,
        String method,
        String path,
        String from,
        @Nullable Long outcomeOf,
        @Nullable Integer status) {
    /** The outcome of this one. */
    AuditEntry ended(Instant when, long number, int answered) {
        return new AuditEntry(when, actor, role, method, path, from, number, answered);
    }
}
