package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;

/**
 * A version of a workflow, ready to run.
 *
 * @param orgId the organization
 * @param id the workflow
 * @param version the version
 * @param definition what it says
 */
public record WorkflowVersion(OrgId orgId, WorkflowId id, int version, Definition definition) {}
