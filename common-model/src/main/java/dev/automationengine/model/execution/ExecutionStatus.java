package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an execution stands. */
public enum ExecutionStatus {
    /** Recorded, nothing done yet. */
    @JsonProperty("pending")
    PENDING(false),
    /** A step is queued, running or waiting. */
    @JsonProperty("in_progress")
    IN_PROGRESS(false),
    /** Every step that had to run has completed. */
    @JsonProperty("completed")
    COMPLETED(true),
    /** A step failed for good. */
    @JsonProperty("failed")
    FAILED(true),
    /** A filter was not passed and nothing else remained to be done. */
    @JsonProperty("filtered")
    FILTERED(true),
    /** A person stopped it. */
    @JsonProperty("cancelled")
    CANCELLED(true);

    private final boolean terminal;

    ExecutionStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether it never changes again by itself. */
    public boolean terminal() {
        return terminal;
    }
}
