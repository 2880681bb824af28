package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A standardised event of one organization.
 *
 * @param value the id with its prefix {@code evt_}
 */
public record EventId(@JsonValue String value) implements Comparable<EventId> {
    private static final String PREFIX = "evt_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not {@code evt_} and 1 to 40 lower-case letters or digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EventId {
        IdFormat.require(PREFIX, value);
    }

    /**
     * The id of an event: the same for every delivery of the same happening, so that repeats are recognised.
     *
     * @param org the organization that receives it
     * @param source where it comes from, for instance {@code /meta/pages/1/forms/2}
     * @param sourceId the source's own id of it, for instance Meta's leadgen id
     */
    public static EventId of(OrgId org, String source, String sourceId) {
        return new EventId(IdFormat.hash(PREFIX, org.value(), source, sourceId));
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
