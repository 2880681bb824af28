package dev.automationengine.dispatcher.plan;

import dev.automationengine.model.organization.Plan;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What plans allow. A plan that is not named has no limits: whoever sells plans says what they hold.
 *
 * @param plans by plan
 * @param warnPercent from which part of the executions of a month on a warning is given, in percent
 * @param planCache how long a plan that was read is believed
 * @param releaseInterval pause between looks for held executions that may begin
 */
@Validated
@ConfigurationProperties("engine.quotas")
public record QuotaProperties(
        @DefaultValue Map<Plan, @Valid PlanQuota> plans,
        @Min(1) @Max(100) @DefaultValue("80") int warnPercent,
        @DefaultValue("10s") Duration planCache,
        @DefaultValue("5s") Duration releaseInterval) {
    /** What a plan allows. */
    PlanQuota of(Plan plan) {
        return plans.getOrDefault(plan, PlanQuota.NONE);
    }

    /**
     * What a plan allows.
     *
     * @param executionsPerMonth executions that events may begin in a month of UTC; null: any number
     * @param activeWorkflows workflows that may be active; null: any number
     */
    public record PlanQuota(
            @Nullable @Min(0) Long executionsPerMonth,
            @Nullable @Min(0) Long activeWorkflows) {
        static final PlanQuota NONE = new PlanQuota(null, null);
    }
}
