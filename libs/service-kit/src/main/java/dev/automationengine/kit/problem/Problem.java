package dev.automationengine.kit.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of problem that the API answers; each has a stable type URI (RFC 9457). */
public enum Problem {
    /** The request is not valid. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    /** No valid credentials. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Authentication is missing or not valid"),
    /** The webhook's signature is missing or wrong. */
    INVALID_SIGNATURE(HttpStatus.UNAUTHORIZED, "The signature is missing or wrong"),
    /** Authenticated, but not allowed. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "Not allowed"),
    /** Not there, or another organization's. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    /** The state of the thing does not allow it, or somebody else changed it first. */
    CONFLICT(HttpStatus.CONFLICT, "Conflict"),
    /** The plan of the organization does not allow more. */
    QUOTA_REACHED(HttpStatus.CONFLICT, "The limit of the plan is reached"),
    /** The thing has changed since the ETag of the request was answered. */
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Changed meanwhile"),
    /** The Idempotency-Key was used before, with another request. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key belongs to another request"),
    /** It was there, and its time is over. */
    GONE(HttpStatus.GONE, "Its time is over"),
    /** The workflow whose outcome was waited for failed; its execution tells why. */
    WORKFLOW_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "The workflow failed"),
    /** The body is too large. */
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    /** The body is compressed. */
    UNSUPPORTED_ENCODING(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is compressed"),
    /** Too many requests. */
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    /** A part that the request needs is away; trying again later helps. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Temporarily unavailable"),
    /** A fault of ours. */
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

    private static final String BASE = "https://automation-engine.dev/problems/";

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public HttpStatus status() {
        return status;
    }

    /** The title, the same for every problem of this kind. */
    public String title() {
        return title;
    }

    /** The type URI. */
    public URI type() {
        return URI.create(BASE + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
