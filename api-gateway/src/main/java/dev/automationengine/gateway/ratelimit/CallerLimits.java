package dev.automationengine.gateway.ratelimit;

import dev.automationengine.gateway.organization.OrganizationPlans;
import dev.automationengine.gateway.ratelimit.RateLimitProperties.PlanLimits;
import dev.automationengine.kit.ratelimit.Limit;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.springframework.stereotype.Component;

/** The limits of callers, by what their organization has subscribed to. */
@Component
class CallerLimits {
    private final RateLimitProperties properties;
    private final OrganizationPlans plans;

    CallerLimits(RateLimitProperties properties, OrganizationPlans plans) {
        this.properties = properties;
        this.plans = plans;
    }

    /**
     * The limits of a caller, its own first.
     *
     * @param subject id of the API key or the user
     */
    List<Limit> of(OrgId org, String subject) {
        PlanLimits limits = properties.of(plans.of(org));
        return List.of(
                new Limit("key", subject, limits.perKey()), new Limit("organization", "", limits.perOrganization()));
    }
}
