package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a step, chosen by the author of the workflow and unique in it.
 *
 * @param value 1 to 64 letters, digits, {@code _} or {@code -}, starting with a letter
 */
public record StepId(@JsonValue String value) implements Comparable<StepId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /**
     * Checks the form: it is a key of a MongoDB document and part of a job id, so no dots, dollars or colons.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StepId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a step id has 1 to 64 letters, digits, '_' or '-', and starts with a letter");
        }
    }

    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
