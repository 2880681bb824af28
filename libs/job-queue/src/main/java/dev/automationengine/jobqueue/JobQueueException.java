package dev.automationengine.jobqueue;

/** Redis did not answer in time, or refused: what was asked for may have happened or not. */
public final class JobQueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobQueueException(String message, Throwable cause) {
        super(message, cause);
    }
}
