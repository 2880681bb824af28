package dev.automationengine.trigger.subscription;

import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.WorkflowChange;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Comparator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what this replica listens to, so that a person can see that a published workflow has arrived. */
@RestController
class SubscriptionController {
    private final Subscriptions subscriptions;

    SubscriptionController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** The organization's subscriptions, newest first. */
    @Operation(
            operationId = "listSubscriptions",
            summary = "List what the answering replica listens to",
            description = "Shows that a published workflow has arrived.")
    @GetMapping("/v1/events/subscriptions")
    Page<WorkflowChange> list(@CurrentOrg OrgId org) {
        return new Page<>(
                subscriptions.of(org).stream()
                        .sorted(Comparator.comparing(WorkflowChange::changedAt).reversed())
                        .limit(Page.MAX_LIMIT)
                        .toList(),
                null);
    }
}
