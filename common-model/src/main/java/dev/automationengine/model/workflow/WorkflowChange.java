package dev.automationengine.model.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;

/**
 * What a workflow listens to since its last change. A service that reads the topic from its start knows every
 * subscription of the fleet.
 *
 * @param orgId the organization
 * @param workflowId the workflow
 * @param version the version that new executions follow
 * @param active whether events start executions
 * @param trigger the trigger of that version
 * @param changedAt when it changed
 * @param awaits events that executions of this version, or of one that was published in the last year, may wait for; whether
 *     the workflow is active does not matter for them
 */
public record WorkflowChange(
        OrgId orgId,
        WorkflowId workflowId,
        int version,
        boolean active,
        Trigger trigger,
        Instant changedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Trigger> awaits) {
    /** Copies the list; without one, there are none. */
    @SuppressWarnings("NullAway") // Jackson hands null for a member that is absent.
    public WorkflowChange {
        awaits = awaits == null ? List.of() : List.copyOf(awaits);
    }

    /** A change of a workflow whose steps wait for no event. */
    public WorkflowChange(
            OrgId orgId, WorkflowId workflowId, int version, boolean active, Trigger trigger, Instant changedAt) {
        this(orgId, workflowId, version, active, trigger, changedAt, List.of());
    }

    /** What executions wait for, each as if it were the trigger of an active workflow. */
    public List<WorkflowChange> asListeners() {
        return awaits.stream()
                .map(each -> new WorkflowChange(orgId, workflowId, version, true, each, changedAt))
                .toList();
    }

    /** The key in Kafka: the latest change of each workflow is kept. */
    public static String key(OrgId org, WorkflowId workflow) {
        return org + ":" + workflow;
    }
}
