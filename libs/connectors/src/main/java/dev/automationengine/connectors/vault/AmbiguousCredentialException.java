package dev.automationengine.connectors.vault;

/** An organization has several credentials where a step names none: nobody can say which is meant. */
public final class AmbiguousCredentialException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;

    AmbiguousCredentialException(String kind) {
        super("several credentials of kind " + kind + " fit");
        this.kind = kind;
    }

    /** The kind of credential that was looked for. */
    public String kind() {
        return kind;
    }
}
