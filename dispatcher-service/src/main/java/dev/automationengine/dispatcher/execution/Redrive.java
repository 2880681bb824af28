package dev.automationengine.dispatcher.execution;

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
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That an execution takes up one that failed. What has ended is never changed, so it is a new execution; there is one
 * per execution that failed, however often it is asked for.
 *
 * @param of the one that failed
 * @param root the first of the chain: the one that the event started, or itself if it runs everything again. Effects are
 *     known to third parties by it
 */
public record Redrive(ExecutionId of, ExecutionId root) {
    /** Whether the execution runs the event of another again from the start, so that its effects are effects anew. */
    public boolean isRerun(ExecutionId self) {
        return root.equals(self);
    }

    /**
     * The execution that runs the event of another again from the start, before it begins. Pure.
     *
     * @param id its id
     * @param earlier what ran before; it may still be under way
     * @param version what to follow: the same version, or another one of the same workflow
     */
    public static Execution rerun(
            ExecutionId id, Execution earlier, WorkflowVersion version, Instant now, @Nullable String traceparent) {
        Map<StepId, StepState> steps = new LinkedHashMap<>();
        version.definition().steps().forEach(step -> steps.put(step.id(), StepState.PENDING));
        return new Execution(
                id,
                earlier.orgId(),
                earlier.workflowId(),
                version.definition().name(),
                version.version(),
                earlier.eventId(),
                earlier.triggerType(),
                earlier.trigger(),
                ExecutionStatus.PENDING,
                0,
                now,
                now,
                null,
                traceparent,
                null,
                new Redrive(earlier.id(), id),
                null,
                steps);
    }

    /**
     * The execution that takes up a failed one, before it begins. Pure.
     *
     * <p>Steps are recognised by their ids. An action that completed, and still is the same action, stays completed with
     * its output, and a delay that has passed is not waited for again. Filters are decided anew. Everything else runs:
     * the step that failed, what was skipped because of it, what the version has more. A step that was under way when
     * the execution ended may have been carried out, so its job says that it is in doubt.
     *
     * @param failed what has ended
     * @param version what to follow from now on: the same version, or a newer one of the same workflow
     */
    public static Execution anew(Execution failed, WorkflowVersion version, Instant now, @Nullable String traceparent) {
        Map<StepId, StepState> steps = new LinkedHashMap<>();
        failed.follows(version).steps().forEach(step -> steps.put(step.id(), state(step, failed.steps())));
        Redrive before = failed.redrive();
        return new Execution(
                failed.id().redrive(),
                failed.orgId(),
                failed.workflowId(),
                version.definition().name(),
                version.version(),
                failed.eventId(),
                failed.triggerType(),
                failed.trigger(),
                ExecutionStatus.PENDING,
                0,
                now,
                now,
                null,
                traceparent,
                failed.parent(),
                new Redrive(failed.id(), before == null ? failed.id() : before.root()),
                null,
                steps);
    }

    private static StepState state(Step step, Map<StepId, StepState> failed) {
        StepState before = failed.getOrDefault(step.id(), StepState.PENDING);
        StepWork work = before.work();
        boolean same = switch (step) {
            // The dispatcher decides these itself: on new data they may come out otherwise.
            case FilterStep filter -> false;
            case BranchStep branch -> false;
            case TransformStep transform -> false;
            case StopStep stop -> false;
            case ActionStep action -> work != null && work.action().equals(action.action());
            case WaitStep wait -> work != null && work.action().equals(StepWork.WAIT);
            case ForEachStep each -> before.fan() != null;
            case SubWorkflowStep sub -> before.fan() != null;
            case DelayStep delay -> work != null && work.action().equals(Step.DELAY);
        };
        if (same && before.status() == StepStatus.COMPLETED) {
            return before;
        }
        if (same && before.fan() != null) {
            return StepState.PENDING.continuing(before.fan());
        }
        return same && before.status() == StepStatus.CANCELLED ? StepState.PENDING.doubted() : StepState.PENDING;
    }
}
