package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test without effects found.
 *
 * @param status where the run ended
 * @param workflowId the workflow; absent: the definition came with the request
 * @param version its version; absent: the definition came with the request
 * @param eventId the past event; absent: a sample
 * @param listens whether the trigger would have taken the past event; absent: a sample
 * @param startedAt the time at its start
 * @param endedAt the time at its end: delays are jumped over
 * @param stop the limit that the run came to; absent: none
 * @param steps what became of the steps: those that started in the order of their start, then the others
 * @param findings what an author should look at, with pointers into the definition
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrialReport(
        ExecutionStatus status,
        @Nullable WorkflowId workflowId,
        @Nullable Integer version,
        @Nullable EventId eventId,
        @Nullable Boolean listens,
        Instant startedAt,
        Instant endedAt,
        Rehearsed.@Nullable Stop stop,
        List<StepReport> steps,
        List<FieldError> findings) {
    /**
     * What became of a step.
     *
     * @param id the step
     * @param type its type
     * @param action what a worker would have done; absent: no worker has a part in it
     * @param status where it ended
     * @param startedAt when it started; absent: never
     * @param endedAt when it ended; absent: it did not
     * @param input what it was given, filled in, without secrets
     * @param decisions the conditions that were decided on, in order
     * @param port the way by which it was left; absent: it has but one
     * @param mocked where its output comes from; absent: it is what the step really gives
     * @param output what later steps read
     * @param error why it failed
     * @param children what it started; only the first {@value TrialReports#MAX_CHILDREN} are told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepReport(
            StepId id,
            String type,
            @Nullable String action,
            StepStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Object input,
            @Nullable List<Decided> decisions,
            @Nullable String port,
            Mocks.@Nullable Source mocked,
            @Nullable Object output,
            @Nullable StepError error,
            @Nullable List<ChildReport> children) {}

    /**
     * A condition that was decided on.
     *
     * @param at where it is written: {@code run_if}, {@code condition} or {@code branches/NAME}
     * @param held the answer
     * @param condition how it came about
     */
    record Decided(String at, boolean held, Judgement condition) {}

    /**
     * An execution that a step started.
     *
     * @param index for which item
     * @param status where it ended
     * @param steps what became of its steps
     */
    record ChildReport(int index, ExecutionStatus status, List<StepReport> steps) {}
}
