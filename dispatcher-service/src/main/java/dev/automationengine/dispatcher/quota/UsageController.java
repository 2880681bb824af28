package dev.automationengine.dispatcher.quota;

import dev.automationengine.dispatcher.plan.QuotaProperties.PlanQuota;
import dev.automationengine.dispatcher.plan.Subscription;
import dev.automationengine.dispatcher.plan.Subscriptions;
import dev.automationengine.dispatcher.workflow.ActiveWorkflows;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.ZoneOffset;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/usage}. */
@RestController
class UsageController {
    private final Subscriptions subscriptions;
    private final ExecutionQuota quota;
    private final HeldExecutions held;
    private final ActiveWorkflows workflows;

    UsageController(Subscriptions subscriptions, ExecutionQuota quota, HeldExecutions held, ActiveWorkflows workflows) {
        this.subscriptions = subscriptions;
        this.quota = quota;
        this.held = held;
        this.workflows = workflows;
    }

    @Operation(operationId = "getUsage", summary = "How much of its plan the caller's organization uses")
    @GetMapping("/v1/usage")
    Usage get(@CurrentOrg OrgId org) {
        Subscription subscription = subscriptions.of(org);
        PlanQuota allowed = subscription.quota();
        return new Usage(
                subscription.plan(),
                executions(org, allowed),
                new Usage.ActiveNow(workflows.count(org), allowed.activeWorkflows()));
    }

    private Usage.Executions executions(OrgId org, PlanQuota allowed) {
        long used = quota.used(org);
        Long limit = allowed.executionsPerMonth();
        return new Usage.Executions(
                quota.month().toString(),
                used,
                limit,
                limit != null && used >= quota.warnedFrom(limit),
                held.count(org),
                quota.month().plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
