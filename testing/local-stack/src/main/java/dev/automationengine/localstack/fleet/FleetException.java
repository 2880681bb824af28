package dev.automationengine.localstack.fleet;

/** Something that the person at the keyboard can mend; the message says how. */
public final class FleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public FleetException(String message) {
        super(message);
    }

    /** Says what is wrong, and why. */
    public FleetException(String message, Throwable cause) {
        super(message, cause);
    }
}
