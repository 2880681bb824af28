package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a step of an execution stands. */
public enum StepStatus {
    /** Waits for the steps that it depends on. */
    @JsonProperty("pending")
    PENDING(false),
    /** Its job is in the queue or with a worker. */
    @JsonProperty("queued")
    QUEUED(false),
    /** An attempt failed; the next one is due later. */
    @JsonProperty("retrying")
    RETRYING(false),
    /** Done. */
    @JsonProperty("completed")
    COMPLETED(true),
    /** Failed for good. */
    @JsonProperty("failed")
    FAILED(true),
    /** A filter that was not passed. */
    @JsonProperty("filtered")
    FILTERED(true),
    /**
     * Given up when the execution ended: its job is dropped. A worker that had begun already may still report it as
     * completed; only that changes it.
     */
    @JsonProperty("cancelled")
    CANCELLED(true),
    /** Never ran, because a step that it depends on was not passed or failed. */
    @JsonProperty("skipped")
    SKIPPED(true),
    /** Passed over, because its {@code run_if} did not hold; what depends on it goes on. */
    @JsonProperty("omitted")
    OMITTED(true);

    private final boolean terminal;

    StepStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether it never changes again by itself. */
    public boolean terminal() {
        return terminal;
    }
}
