package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;

/**
 * Names a version of a workflow.
 *
 * @param orgId the organization
 * @param id the workflow
 * @param version the version
 */
public record VersionKey(OrgId orgId, WorkflowId id, int version) {
    static VersionKey of(Workflow workflow) {
        return new VersionKey(workflow.orgId(), workflow.id(), workflow.version());
    }

    /** The id in {@code workflow_versions}. */
    String documentId() {
        return id + ":" + version;
    }
}
