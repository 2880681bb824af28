package dev.automationengine.gateway.organization;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.organization.Plan;

/** Does what another plan demands. */
public interface PlanChange {
    /**
     * Before the organization has the plan: whoever dies in between leaves an organization that has less than it may.
     *
     * @param plan the plan that it will have
     */
    void before(OrgId org, Plan plan);
}
