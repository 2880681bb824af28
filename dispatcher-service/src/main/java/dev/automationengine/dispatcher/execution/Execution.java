package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one version of a workflow for one event. Immutable; each change makes a new one with the next revision.
 *
 * @param id its id
 * @param orgId the organization
 * @param workflowId the workflow
 * @param workflowName its name at the time
 * @param workflowVersion the version that it follows to its end
 * @param eventId the event that started it
 * @param triggerType the type of the trigger
 * @param trigger what the steps read as {@code trigger}
 * @param status where it stands
 * @param rev grows by one with each change that is stored
 * @param createdAt when it was recorded
 * @param updatedAt when it changed last
 * @param finishedAt when it ended; null before
 * @param traceparent W3C trace context of the event
 * @param parent the step that started it; null: an event did
 * @param redrive what it takes up again; null: it began with its event
 * @param cancellation who stopped it; null unless it was cancelled
 * @param steps where the steps stand, in the order of the workflow
 */
public record Execution(
        ExecutionId id,
        OrgId orgId,
        WorkflowId workflowId,
        String workflowName,
        int workflowVersion,
        EventId eventId,
        String triggerType,
        Map<String, @Nullable Object> trigger,
        ExecutionStatus status,
        long rev,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable String traceparent,
        @Nullable Parent parent,
        @Nullable Redrive redrive,
        @Nullable Cancellation cancellation,
        Map<StepId, StepState> steps) {
    /** Copies the steps, keeping their order. */
    public Execution {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** A run that has not begun; the same event and workflow always give the same id. */
    public static Execution pending(
            AutomationEvent event, WorkflowVersion workflow, Instant now, @Nullable String traceparent) {
        return pending(ExecutionId.of(event.id(), workflow.id()), event, workflow, now, traceparent);
    }

    /** A run that has not begun, with an id of its own: for an event that has been run before. */
    public static Execution pending(
            ExecutionId id,
            AutomationEvent event,
            WorkflowVersion workflow,
            Instant now,
            @Nullable String traceparent) {
        Map<StepId, StepState> steps = new LinkedHashMap<>();
        workflow.definition().steps().forEach(step -> steps.put(step.id(), StepState.PENDING));
        return new Execution(
                id,
                event.orgId(),
                workflow.id(),
                workflow.definition().name(),
                workflow.version(),
                event.id(),
                event.triggerType(),
                event.data().payload(),
                ExecutionStatus.PENDING,
                0,
                now,
                now,
                null,
                traceparent,
                null,
                null,
                null,
                steps);
    }

    /** A run that has not begun, for an item of a step; the same item always gives the same id. */
    static Execution child(
            Execution of,
            Parent parent,
            WorkflowVersion workflow,
            String triggerType,
            Map<String, @Nullable Object> content,
            Instant now) {
        Definition definition = workflow.definition().part(parent.part());
        Map<StepId, StepState> steps = new LinkedHashMap<>();
        definition.steps().forEach(step -> steps.put(step.id(), StepState.PENDING));
        return new Execution(
                ExecutionId.child(parent.job(), parent.index()),
                of.orgId(),
                workflow.id(),
                workflow.definition().name(),
                workflow.version(),
                of.eventId(),
                triggerType,
                content,
                ExecutionStatus.PENDING,
                0,
                now,
                now,
                null,
                of.traceparent(),
                parent,
                null,
                null,
                steps);
    }

    /** The part of its version that it follows. */
    public Definition follows(WorkflowVersion workflow) {
        return workflow.definition().part(parent == null ? "" : parent.part());
    }

    /**
     * Where a step stands.
     *
     * @throws IllegalArgumentException if there is no such step
     */
    public StepState step(StepId id) {
        StepState state = steps.get(id);
        if (state == null) {
            throw new IllegalArgumentException("execution " + this.id + " has no step " + id);
        }
        return state;
    }

    /** Whether it has not begun: as it is stored, it waits until its organization's plan has room. */
    public boolean held() {
        return rev == 0;
    }

    /** The version that it follows. */
    public VersionKey version() {
        return new VersionKey(orgId, workflowId, workflowVersion);
    }

    /**
     * What the effects of a step are known by at third parties: the same for all executions of a chain of redrives, and
     * for the same item of a step of such.
     */
    String effectKey(StepId step) {
        return parent != null
                ? parent.effectKey() + ":" + parent.index() + ":" + step
                : (redrive == null ? id : redrive.root()) + ":" + step;
    }

    Execution with(Cancellation newCancellation) {
        return new Execution(
                id,
                orgId,
                workflowId,
                workflowName,
                workflowVersion,
                eventId,
                triggerType,
                trigger,
                status,
                rev,
                createdAt,
                updatedAt,
                finishedAt,
                traceparent,
                parent,
                redrive,
                newCancellation,
                steps);
    }

    Execution withRev(long newRev) {
        return new Execution(
                id,
                orgId,
                workflowId,
                workflowName,
                workflowVersion,
                eventId,
                triggerType,
                trigger,
                status,
                newRev,
                createdAt,
                updatedAt,
                finishedAt,
                traceparent,
                parent,
                redrive,
                cancellation,
                steps);
    }

    Execution changed(
            ExecutionStatus newStatus, Map<StepId, StepState> newSteps, @Nullable Instant newFinishedAt, Instant now) {
        return new Execution(
                id,
                orgId,
                workflowId,
                workflowName,
                workflowVersion,
                eventId,
                triggerType,
                trigger,
                newStatus,
                rev + 1,
                createdAt,
                now,
                newFinishedAt,
                traceparent,
                parent,
                redrive,
                cancellation,
                newSteps);
    }
}
