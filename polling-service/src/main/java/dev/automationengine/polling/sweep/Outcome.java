package dev.automationengine.polling.sweep;

import java.util.Locale;

/** How a sweep ended. */
sealed interface Outcome {
    /** Leads that were seen and published. */
    int found();

    /** The window was seen to its end. */
    record Complete(int found) implements Outcome {}

    /** There was more than one sweep takes. */
    record Partial(int found) implements Outcome {}

    /**
     * It could not go on.
     *
     * @param reason the kind of failure
     * @param code a short name without personal data: {@code graph_190_463}, {@code http_502}, {@code timeout}
     */
    record Failed(Reason reason, String code, int found) implements Outcome {}

    /** Another replica has the form now. */
    record Lost(int found) implements Outcome {}

    /** Kinds of failures, the values of a metric's label. */
    enum Reason {
        /** Graph asks to slow down. */
        THROTTLED,
        /** Graph is down or does not answer. */
        OUTAGE,
        /** The credential is missing, expired or lacks a right. */
        ACCESS,
        /** Graph understands the request and refuses it. */
        REJECTED,
        /** Kafka did not confirm. */
        UNPUBLISHED,
        /** A fault of this engine. */
        INTERNAL
    }

    /** The value of the metric's label. */
    default String label() {
        return switch (this) {
            case Complete c -> "complete";
            case Partial p -> "partial";
            case Failed failed -> failed.reason().name().toLowerCase(Locale.ROOT);
            case Lost l -> "lost";
        };
    }
}
