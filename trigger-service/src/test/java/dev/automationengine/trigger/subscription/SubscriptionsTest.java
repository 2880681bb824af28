package dev.automationengine.trigger.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import dev.automationengine.trigger.subscription.Subscriptions.LeadSubscriber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final OrgId ORG = new OrgId("org_1");
    private static final OrgId OTHER = new OrgId("org_2");
    private static final CredentialId TOKEN = new CredentialId("cred_1");

    private final Subscriptions subscriptions = new Subscriptions();

    @Test
    void several_organizations_may_listen_to_one_form_and_each_is_named_once() {
        apply("a", ORG, true, Map.of("form_id", "2"), null);
        apply("b", ORG, true, Map.of("page_id", "1"), TOKEN);
        apply("c", OTHER, true, Map.of("form_id", "2"), null);
        assertThat(subscriptions.ofLead("1", "2"))
                .containsExactlyInAnyOrder(new LeadSubscriber(ORG, TOKEN), new LeadSubscriber(OTHER, null));
    }

    @Test
    void page_and_form_must_both_fit_where_both_are_named() {
        apply("a", ORG, true, Map.of("page_id", "1", "form_id", "2"), null);
        assertThat(subscriptions.ofLead("1", "2")).hasSize(1);
        assertThat(subscriptions.ofLead("1", "3")).isEmpty();
        assertThat(subscriptions.ofLead("9", "2")).isEmpty();
    }

    @Test
    void who_is_inactive_changed_or_gone_hears_nothing_of_the_old() {
        apply("a", ORG, true, Map.of("form_id", "2"), null);
        apply("a", ORG, false, Map.of("form_id", "2"), null);
        assertThat(subscriptions.ofLead("1", "2")).isEmpty();
        apply("a", ORG, true, Map.of("form_id", "3"), null);
        assertThat(subscriptions.ofLead("1", "2")).isEmpty();
        assertThat(subscriptions.ofLead("1", "3")).hasSize(1);
        subscriptions.apply("a", null);
        assertThat(subscriptions.ofLead("1", "3")).isEmpty();
        assertThat(subscriptions.of(ORG)).isEmpty();
    }

    @Test
    void a_trigger_that_names_nothing_hears_nothing() {
        apply("a", ORG, true, Map.of(), null);
        assertThat(subscriptions.ofLead("1", "2")).isEmpty();
    }

    @Test
    void a_webhook_path_belongs_to_its_organization() {
        subscriptions.apply(
                "a",
                new WorkflowChange(
                        ORG,
                        new WorkflowId("wf_1"),
                        1,
                        true,
                        new Trigger(Trigger.WEBHOOK, Map.of("path", "orders/new"), null),
                        Instant.EPOCH));
        assertThat(subscriptions.ofWebhook(ORG, "orders/new")).hasSize(1);
        assertThat(subscriptions.ofWebhook(ORG, "orders")).isEmpty();
        assertThat(subscriptions.ofWebhook(OTHER, "orders/new")).isEmpty();
    }

    @Test
    void what_executions_wait_for_is_listened_to_also_if_the_workflow_is_switched_off() {
        Trigger waits = new Trigger(Trigger.WEBHOOK, Map.of("path", "paid"), null);
        Trigger other = new Trigger(Trigger.WEBHOOK, Map.of("path", "refunded"), null);
        subscriptions.apply("a", waiting(List.of(waits, other)));
        assertThat(subscriptions.ofWebhook(ORG, "paid")).hasSize(1);
        assertThat(subscriptions.ofWebhook(ORG, "refunded")).hasSize(1);
        assertThat(subscriptions.ofWebhook(ORG, "orders"))
                .as("its trigger is off")
                .isEmpty();
        assertThat(subscriptions.ofWebhook(OTHER, "paid")).isEmpty();
        assertThat(subscriptions.of(ORG)).hasSize(1);

        subscriptions.apply("a", waiting(List.of(other)));
        assertThat(subscriptions.ofWebhook(ORG, "paid")).isEmpty();
        assertThat(subscriptions.ofWebhook(ORG, "refunded")).hasSize(1);

        subscriptions.apply("a", null);
        assertThat(subscriptions.ofWebhook(ORG, "refunded")).isEmpty();
    }

    private static WorkflowChange waiting(List<Trigger> awaits) {
        Trigger trigger = new Trigger(Trigger.WEBHOOK, Map.of("path", "orders"), null);
        return new WorkflowChange(ORG, new WorkflowId("wf_a"), 1, false, trigger, Instant.EPOCH, awaits);
    }

    private void apply(
            String key, OrgId org, boolean active, Map<String, Object> config, @Nullable CredentialId token) {
        subscriptions.apply(
                key,
                new WorkflowChange(
                        org,
                        new WorkflowId("wf_" + key),
                        1,
                        active,
                        new Trigger(Trigger.META_LEAD_AD, config, token),
                        Instant.EPOCH));
    }
}
