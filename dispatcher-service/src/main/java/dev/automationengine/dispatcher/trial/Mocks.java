package dev.automationengine.dispatcher.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.BranchStep;
import dev.automationengine.dispatcher.workflow.DelayStep;
import dev.automationengine.dispatcher.workflow.FilterStep;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.StopStep;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.TransformStep;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.JobId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers in the place of workers and third parties. Pure. */
final class Mocks {
    private static final String WORKER = "mock";

    private final Map<String, Map<String, @Nullable Object>> outputs;
    private final Map<String, Failure> failures;
    private final ActionCatalog actions;

    /**
     * Answers by the names of steps; one that has none gives its action's example, else nothing.
     *
     * @param outputs what steps give
     * @param failures steps that fail
     */
    Mocks(Map<String, Map<String, @Nullable Object>> outputs, Map<String, Failure> failures, ActionCatalog actions) {
        this.outputs = new LinkedHashMap<>(outputs);
        this.failures = Map.copyOf(failures);
        this.actions = actions;
    }

    /** How a step fails. */
    record Failure(String code, String message) {}

    /** Where an answer came from. */
    enum Source {
        /** The caller said so. */
        @JsonProperty("given")
        GIVEN,
        /** The action's manifest has an example. */
        @JsonProperty("example")
        EXAMPLE,
        /** Nobody knows: the output is empty. */
        @JsonProperty("empty")
        EMPTY
    }

    /** Where the answer of a step that a worker does comes from; null: no worker has a part in it. */
    @Nullable
    Source source(Step step) {
        return switch (step) {
            case ActionStep action -> {
                String id = step.id().value();
                yield outputs.containsKey(id) || failures.containsKey(id)
                        ? Source.GIVEN
                        : example(action).isEmpty() ? Source.EMPTY : Source.EXAMPLE;
            }
            case FilterStep filter -> null;
            case BranchStep branch -> null;
            case TransformStep transform -> null;
            case StopStep stop -> null;
            case DelayStep delay -> null;
            case ForEachStep each -> null;
            case SubWorkflowStep sub -> null;
            case WaitStep wait -> outputs.containsKey(wait.id().value()) ? Source.GIVEN : null;
        };
    }

    /** What is reported on a job whose time has come. */
    StepEvent report(Execution execution, Step step, JobId job, Instant at) {
        StepRun run = new StepRun(
                execution.orgId(), execution.workflowId(), job, 1, 1, WORKER, at, at, execution.traceparent());
        return switch (step) {
            case ActionStep action -> acted(action, run);
            // Time is jumped over: that it has passed is all there is to tell.
            case DelayStep delay -> passed(run);
            case ForEachStep each -> passed(run);
            case SubWorkflowStep sub -> passed(run);
            case FilterStep filter -> throw noJob(step);
            case BranchStep branch -> throw noJob(step);
            case TransformStep transform -> throw noJob(step);
            case StopStep stop -> throw noJob(step);
            case WaitStep wait -> answered(wait, run);
        };
    }

    private static StepEvent passed(StepRun run) {
        return new StepEvent.Completed(run, null, Map.of());
    }

    /** Without an answer in the mocks nobody answers in time. */
    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private StepEvent answered(WaitStep wait, StepRun run) {
        Map<String, @Nullable Object> output = outputs.get(wait.id().value());
        return output == null
                ? passed(run)
                : new StepEvent.Resumed(
                        run.jobId(), run.orgId(), run.finishedAt(), "mock", null, output, run.traceparent());
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private StepEvent acted(ActionStep action, StepRun run) {
        String id = action.id().value();
        Failure failure = failures.get(id);
        if (failure != null) {
            StepError error =
                    new StepError(ErrorClass.REJECTED, failure.code(), failure.message(), null, null, null, "");
            return new StepEvent.Failed(run, error);
        }
        Map<String, @Nullable Object> output = outputs.get(id);
        return new StepEvent.Completed(run, null, output == null ? example(action) : output);
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private Map<String, @Nullable Object> example(ActionStep action) {
        return actions.find(action.action())
                .map(descriptor -> descriptor.example())
                .orElseGet(Map::of);
    }

    private static IllegalStateException noJob(Step step) {
        return new IllegalStateException("a step of type " + step.type() + " asks no worker");
    }
}
