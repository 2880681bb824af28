package dev.automationengine.kit.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    /** A problem without fields. */
    public ProblemException(Problem problem, String detail) {
        this(problem, detail, List.of(), null, null);
    }

    /** A problem with fields. */
    public ProblemException(Problem problem, String detail, List<FieldError> errors) {
        this(problem, detail, errors, null, null);
    }

    /** A problem with fields and a cause for our log. */
    public ProblemException(Problem problem, String detail, List<FieldError> errors, @Nullable Throwable cause) {
        this(problem, detail, errors, null, cause);
    }

    private ProblemException(
            Problem problem,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.problem = problem;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A 503 that tells when to try again. */
    public static ProblemException unavailable(String detail, Duration retryAfter, @Nullable Throwable cause) {
        return new ProblemException(Problem.UNAVAILABLE, detail, List.of(), retryAfter, cause);
    }

    /** A 429 that tells when to try again. */
    public static ProblemException rateLimited(String detail, Duration retryAfter) {
        return new ProblemException(Problem.RATE_LIMITED, detail, List.of(), retryAfter, null);
    }

    /** A 404; the same words for what is not there and what belongs to somebody else. */
    public static ProblemException notFound(String what) {
        return new ProblemException(Problem.NOT_FOUND, "There is no such " + what + ".");
    }

    /** The kind. */
    public Problem problem() {
        return problem;
    }

    /** What is wrong, field by field. */
    public List<FieldError> errors() {
        return errors;
    }

    /** When to try again; null if that is not known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
