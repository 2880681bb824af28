package dev.automationengine.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A queued step of an execution. It stays the same over all attempts; a redrive by a person starts a new epoch, and
 * so a new job.
 *
 * @param execution the execution
 * @param step the step
 * @param epoch 1 for the first run of the step, one more for each redrive
 */
public record JobId(ExecutionId execution, StepId step, int epoch) {
    /**
     * Checks the epoch.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public JobId {
        if (epoch < 1) {
            throw new IllegalArgumentException("an epoch starts at 1");
        }
    }

    /**
     * Reads {@code execution:step:epoch}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    @JsonCreator
    public static JobId parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 0 || first == last) {
            throw new IllegalArgumentException("a job id has the form execution:step:epoch");
        }
        return new JobId(
                new ExecutionId(text.substring(0, first)),
                new StepId(text.substring(first + 1, last)),
                Integer.parseInt(text.substring(last + 1)));
    }

    /** {@code execution:step:epoch}. */
    @JsonValue
    public String value() {
        return execution + ":" + step + ":" + epoch;
    }

    @Override
    public String toString() {
        return value();
    }
}
