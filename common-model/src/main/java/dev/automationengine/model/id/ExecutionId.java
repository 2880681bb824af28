package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One run of one workflow for one event.
 *
 * @param value the id with its prefix {@code exec_}
 */
public record ExecutionId(@JsonValue String value) implements Comparable<ExecutionId> {
    private static final String PREFIX = "exec_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is not {@code exec_} and 1 to 40 lower-case letters or digits
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExecutionId {
        IdFormat.require(PREFIX, value);
    }

    /** The id of the execution of a workflow for an event: one per pair, however often the event arrives. */
    public static ExecutionId of(EventId event, WorkflowId workflow) {
        return new ExecutionId(IdFormat.hash(PREFIX, event.value(), workflow.value()));
    }

    /** The id of the execution that takes this one up again: one per execution, however often it is asked for. */
    public ExecutionId redrive() {
        return new ExecutionId(IdFormat.hash(PREFIX, value, "redrive"));
    }

    /** The id of one that runs this one's event again from the start: one per key, however often it is asked for. */
    public ExecutionId rerun(String key) {
        return new ExecutionId(IdFormat.hash(PREFIX, value, "rerun", key));
    }

    /** The id of the execution that a replay starts for an event: one per replay, however often it is started. */
    public static ExecutionId replay(String replay, EventId event) {
        return new ExecutionId(IdFormat.hash(PREFIX, event.value(), "replay", replay));
    }

    /** The id of the execution that a step starts for one of its items: one per item, however often it is started. */
    public static ExecutionId child(JobId parent, int index) {
        return new ExecutionId(IdFormat.hash(PREFIX, parent.value(), "child", Integer.toString(index)));
    }

    @Override
    public int compareTo(ExecutionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
