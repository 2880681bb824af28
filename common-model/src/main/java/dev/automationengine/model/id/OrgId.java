package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An organization: the tenant. Everything a tenant owns carries it, and MongoDB is sharded by it.
 *
 * @param value the id with its prefix {@code org_}
 */
public record OrgId(@JsonValue String value) implements Comparable<OrgId> {
    private static final String PREFIX = "org_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not {@code org_} and 1 to 40 lower-case letters or digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrgId {
        IdFormat.require(PREFIX, value);
    }

    /** A new, never used id that sorts by time of creation. */
    public static OrgId random() {
        return new OrgId(IdFormat.random(PREFIX));
    }

    @Override
    public int compareTo(OrgId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
