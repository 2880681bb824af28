package dev.automationengine.dispatcher.plan;

import dev.automationengine.dispatcher.plan.QuotaProperties.PlanQuota;
import dev.automationengine.model.organization.Plan;

/**
 * What an organization has subscribed to.
 *
 * @param plan its plan
 * @param quota what that allows
 */
public record Subscription(Plan plan, PlanQuota quota) {}
