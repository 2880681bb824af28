package dev.automationengine.gateway.retention;

import dev.automationengine.model.organization.Plan;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The most days that organizations may keep data, by plan.
 *
 * @param free of the plan free
 * @param team of the plan team
 * @param business of the plan business
 */
@Validated
@ConfigurationProperties("engine.retention-limits")
record RetentionLimits(
        @Min(2) @DefaultValue("30") int free,
        @Min(2) @DefaultValue("90") int team,
        @Min(2) @DefaultValue("400") int business) {
    int mostDays(Plan plan) {
        return switch (plan) {
            case FREE -> free;
            case TEAM -> team;
            case BUSINESS -> business;
        };
    }
}
