package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A person who may sign in for an organization.
 *
 * @param value the id with its prefix {@code user_}
 */
public record UserId(@JsonValue String value) implements Comparable<UserId> {
    /** What the ids of users begin with, and no other. */
    public static final String PREFIX = "user_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not {@code user_} and 1 to 40 lower-case letters or digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {
        IdFormat.require(PREFIX, value);
    }

    /** A new, never used id that sorts by time of creation. */
    public static UserId random() {
        return new UserId(IdFormat.random(PREFIX));
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
