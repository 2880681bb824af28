package dev.automationengine.expressions;

/**
 * An expression that could not be evaluated with this data, or that passed a limit. The same data and the same clock
 * give the same error: it makes no sense to try again.
 */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final int position;
    private final String reason;

    EvaluationException(String pointer, int position, String reason) {
        super((pointer.isEmpty() ? "" : pointer + ": ")
                + reason
                + (position > 0 ? " (at character " + position + " of the expression)" : ""));
        this.pointer = pointer;
        this.position = position;
        this.reason = reason;
    }

    EvaluationException at(String place) {
        return new EvaluationException(place, position, reason);
    }

    /** Where the expression is written: a JSON pointer relative to what was compiled. */
    public String pointer() {
        return pointer;
    }

    /** Up to which character of the expression it was understood, counted from 1; 0 if unknown. */
    public int position() {
        return position;
    }

    /** What is wrong. It quotes no data, not even what {@code $error} is given. */
    public String reason() {
        return reason;
    }
}
