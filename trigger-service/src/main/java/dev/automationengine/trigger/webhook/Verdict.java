package dev.automationengine.trigger.webhook;

import java.util.Locale;

/** What came of the check of a webhook call. */
enum Verdict {
    /** It is who it says it is. */
    VALID("The call is valid."),
    /** A header is not there. */
    MISSING("A header that this webhook asks for is missing."),
    /** A header cannot be read. */
    MALFORMED("A header that this webhook asks for cannot be read."),
    /** Signed too long ago, or in the future: it may be an old call that somebody repeats. */
    EXPIRED("The timestamp is too far from the present time."),
    /** Another secret, or another body. */
    MISMATCH("The secret or signature is not the one of this webhook.");

    private final String detail;

    Verdict(String detail) {
        this.detail = detail;
    }

    /** What the caller is told: nothing that helps to guess. */
    String detail() {
        return detail;
    }

    /** As a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
