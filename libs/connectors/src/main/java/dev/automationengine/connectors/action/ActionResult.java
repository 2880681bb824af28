package dev.automationengine.connectors.action;

import dev.automationengine.model.execution.StepError;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of an attempt. */
public sealed interface ActionResult {
    /**
     * It was done.
     *
     * @param output what later steps read
     * @param httpStatus status of the answer; null if the action is not a call
     * @param rest how long nothing more should be sent with this credential, because its budget is spent; null if the
     *     third party said nothing of that
     */
    record Succeeded(
            Map<String, @Nullable Object> output,
            @Nullable Integer httpStatus,
            @Nullable Duration rest) implements ActionResult {
        /** Copies the output, keeping its order. */
        public Succeeded {
            output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
        }

        /** A success that says nothing of other requests. */
        @SuppressWarnings("NullAway") // A compact constructor's class file has lost the annotation inside of Map<>.
        public Succeeded(Map<String, @Nullable Object> output, @Nullable Integer httpStatus) {
            this(output, httpStatus, null);
        }
    }

    /**
     * It was not done, or nobody knows.
     *
     * @param error why
     * @param retryAfter earliest time of another try, as the third party wishes; null if it said nothing
     * @param outcomeUnknown whether it may have been done all the same
     * @param connectionWide whether {@code retryAfter} holds for all that is sent with this credential, and not for
     *     this one request only
     */
    record Failed(StepError error, @Nullable Duration retryAfter, boolean outcomeUnknown, boolean connectionWide)
            implements ActionResult {
        /** A failure that says nothing of other requests. */
        public Failed(StepError error, boolean outcomeUnknown) {
            this(error, null, outcomeUnknown, false);
        }

        /** The same failure, saying nothing of other requests. */
        Failed ofThisRequest() {
            return new Failed(error, retryAfter, outcomeUnknown, false);
        }
    }

    /**
     * Nothing was tried, for a passing reason that is not the step's: no attempt is to be charged.
     *
     * @param reason why
     * @param pause how long to wait, at least
     */
    record Postponed(Reason reason, Duration pause) implements ActionResult {}

    /** Why nothing was tried. */
    enum Reason {
        /** The circuit breaker of the connection is open. */
        BREAKER_OPEN,
        /** The credentials cannot be read at the moment. */
        VAULT_AWAY,
        /** A new access token is being got. */
        TOKEN_PENDING,
        /** A person must connect anew. */
        CONNECTION_BROKEN,
        /** This worker has not learnt of the action, or not yet. */
        ACTION_UNKNOWN
    }
}
