package dev.automationengine.model.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;

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
 */
public record WorkflowChange(
        OrgId orgId, WorkflowId workflowId, int version, boolean active, Trigger trigger, Instant changedAt) {
    /** The key in Kafka: the latest change of each workflow is kept. */
    public static String key(OrgId org, WorkflowId workflow) {
        return org + ":" + workflow;
    }
}
