package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.plan.Subscription;
import dev.automationengine.dispatcher.plan.Subscriptions;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How many workflows of an organization are active, and how many may be. */
@Component
public class ActiveWorkflows {
    private static final Logger log = LoggerFactory.getLogger(ActiveWorkflows.class);

    private final WorkflowStore store;
    private final Subscriptions subscriptions;
    private final MeterRegistry meters;

    ActiveWorkflows(WorkflowStore store, Subscriptions subscriptions, MeterRegistry meters) {
        this.store = store;
        this.subscriptions = subscriptions;
        this.meters = meters;
    }

    /** How many are active. */
    public long count(OrgId org) {
        return store.countActive(org);
    }

    /**
     * Refuses one more where the plan does not allow it. What is active stays so, also after a change to a smaller plan.
     *
     * @throws ProblemException if there is no room
     */
    void requireRoom(OrgId org) {
        Subscription subscription = subscriptions.of(org);
        Long limit = subscription.quota().activeWorkflows();
        if (limit == null) {
            return;
        }
        long active = count(org);
        if (active >= limit) {
            meters.counter("engine.quotas.reached", "quota", "active_workflows").increment();
            log.info("{} has {} active workflows, its plan allows {}: no more is activated", org, active, limit);
            throw new ProblemException(
                    Problem.QUOTA_REACHED,
                    "The plan " + subscription.plan().label() + " allows " + limit + " active workflows, " + active
                            + " are active: deactivate one, or change the plan.");
        }
    }
}
