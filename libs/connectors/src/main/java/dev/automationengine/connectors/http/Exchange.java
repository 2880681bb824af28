package dev.automationengine.connectors.http;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a call. */
public sealed interface Exchange {
    /**
     * An answer, of any status.
     *
     * @param status the status
     * @param headers names in lower case; of several with one name, joined by commas
     * @param body the body, decompressed
     * @param bodyDropped whether there was a body, but of a media type that the engine does not keep
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
    record Answered(int status, Map<String, String> headers, byte[] body, boolean bodyDropped) implements Exchange {
        /** Copies the headers. */
        public Answered {
            headers = Map.copyOf(headers);
        }

        /** An answer with its whole body. */
        public Answered(int status, Map<String, String> headers, byte[] body) {
            this(status, headers, body, false);
        }

        /** An answer whose body was dropped. */
        static Answered withoutBody(int status, Map<String, String> headers) {
            return new Answered(status, headers, new byte[0], true);
        }
    }

    /**
     * No usable answer.
     *
     * @param reason why
     * @param detail the same in a sentence, without secrets
     * @param sent whether the request may have reached the other side, so that nobody knows whether it was acted on
     * @param retryAfter when another try makes sense; null if unknown
     */
    record Unanswered(
            Reason reason,
            String detail,
            boolean sent,
            @Nullable Duration retryAfter) implements Exchange {}

    /** Why there is no answer. */
    enum Reason {
        /** The URL, a header or the method cannot be sent. */
        INVALID,
        /** The host has no address that may be called. */
        BLOCKED,
        /** The answer redirects to where the engine does not go; nothing was changed, only reads are redirected. */
        REDIRECT_REFUSED,
        /** The host's name is unknown, or was not resolved in time. */
        UNRESOLVED,
        /** No connection, or no TLS. */
        NO_CONNECTION,
        /** No answer in time. */
        TIMEOUT,
        /** The connection broke before the answer was complete. */
        BROKEN,
        /** The answer's headers or body are longer than allowed. */
        TOO_LARGE,
        /** The circuit breaker of the host is open: nothing was tried. */
        BREAKER_OPEN
    }
}
