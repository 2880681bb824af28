package dev.automationengine.kit.ratelimit;

/** Redis did not answer in time, or not at all. */
final class AwayException extends Exception {
    private static final long serialVersionUID = 1L;

    AwayException(Throwable cause) {
        super(cause);
    }
}
