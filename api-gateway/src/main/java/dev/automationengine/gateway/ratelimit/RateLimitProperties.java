package dev.automationengine.gateway.ratelimit;

import dev.automationengine.model.organization.Plan;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests callers may send, of all replicas together. Webhooks are not limited here: a lead must not be lost
 * for the number of those before it.
 *
 * @param window the time for which requests are counted, in whole seconds
 * @param perKey requests of one API key, or one user, in a window
 * @param perOrganization requests of all keys and users of an organization in a window
 * @param plans limits of plans that have others than these
 */
@ConfigurationProperties("engine.rate-limits")
record RateLimitProperties(
        @DefaultValue("10s") Duration window,
        @DefaultValue("2000") long perKey,
        @DefaultValue("6000") long perOrganization,
        @DefaultValue Map<Plan, PlanLimits> plans) {
    /** Checks the numbers. */
    RateLimitProperties {
        plans = Map.copyOf(plans);
        requirePositive(perKey, perOrganization);
    }

    /** The limits of a plan. */
    PlanLimits of(Plan plan) {
        return plans.getOrDefault(plan, new PlanLimits(perKey, perOrganization));
    }

    private static void requirePositive(long perKey, long perOrganization) {
        if (perKey < 1 || perOrganization < 1) {
            throw new IllegalArgumentException("engine.rate-limits must be 1 or more");
        }
    }

    /**
     * The limits of a plan.
     *
     * @param perKey requests of one API key, or one user, in a window
     * @param perOrganization requests of all keys and users of an organization in a window
     */
    record PlanLimits(long perKey, long perOrganization) {
        /** Checks the numbers; a plan names both. */
        PlanLimits {
            requirePositive(perKey, perOrganization);
        }
    }
}
