package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;

/**
 * A version of a workflow, ready to run.
 *
 * @param orgId the organization
 * @param id the workflow
 * @param version the version
 * @param definition what it says
 */
public record WorkflowVersion(OrgId orgId, WorkflowId id, int version, Definition definition) {
    /**
     * Whether an event starts it. No type of trigger is known here: an event is for one workflow, or for those whose
     * trigger selects it.
     */
    public boolean hears(AutomationEvent event) {
        Trigger trigger = definition.trigger();
        WorkflowId only = event.data().workflowId();
        return only == null
                ? trigger.listensTo(event.triggerType(), event.data().match())
                : only.equals(id) && trigger.startsBy(event.triggerType());
    }
}
