package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A secret that an organization stored for a third party.
 *
 * @param value the id with its prefix {@code cred_}
 */
public record CredentialId(@JsonValue String value) implements Comparable<CredentialId> {
    private static final String PREFIX = "cred_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not {@code cred_} and 1 to 40 lower-case letters or digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CredentialId {
        IdFormat.require(PREFIX, value);
    }

    /** A new, never used id that sorts by time of creation. */
    public static CredentialId random() {
        return new CredentialId(IdFormat.random(PREFIX));
    }

    @Override
    public int compareTo(CredentialId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
