package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A workflow, whatever its version.
 *
 * @param value the id with its prefix {@code wf_}
 */
public record WorkflowId(@JsonValue String value) implements Comparable<WorkflowId> {
    private static final String PREFIX = "wf_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not {@code wf_} and 1 to 40 lower-case letters or digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkflowId {
        IdFormat.require(PREFIX, value);
    }

    /** A new, never used id that sorts by time of creation. */
    public static WorkflowId random() {
        return new WorkflowId(IdFormat.random(PREFIX));
    }

    @Override
    public int compareTo(WorkflowId other) {
        return value.compareTo(other.value);
    }

    /** The id of the workflow that a request makes which may be sent twice: one per organization and key. */
    public static WorkflowId of(OrgId org, String idempotencyKey) {
        return new WorkflowId(IdFormat.hash(PREFIX, org.value(), idempotencyKey));
    }

    @Override
    public String toString() {
        return value;
    }
}
