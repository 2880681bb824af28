package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A lead from Meta's webhook to WhatsApp, through all services as processes. */
@ExtendWith(FleetExtension.class)
class LeadJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Tenant tenant;

    LeadJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Journey").connected();
    }

    @Test
    void a_lead_goes_from_the_webhook_to_the_crm_and_to_whatsapp() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        TestLead lead = tenant.lead();

        assertThat(tenant.deliver(TestLead.delivery(lead)).status()).isEqualTo(200);

        JsonNode execution = awaitExecution(workflow, "completed");
        assertThat(execution.path("workflow_id").asString()).isEqualTo(workflow);
        assertThat(execution.path("org_id").asString()).isEqualTo(tenant.id());
        assertThat(execution.at("/trigger/fields/email").asString()).isEqualTo(lead.email());
        assertThat(steps(execution)).containsExactly("step_1 completed", "step_2 completed", "step_3 completed");
        assertThat(execution.at("/steps/1/attempts").size()).isEqualTo(1);
        assertThat(execution.at("/steps/1/attempts/0/http_status").asInt()).isEqualTo(201);
        assertThat(execution.at("/steps/1/input/field_mapping/email").asString())
                .isEqualTo(lead.email());
        assertThat(execution.at("/duration_ms").asLong()).isPositive();
        assertThat(tenant.contacts(lead.email())).hasSize(1);
        assertThat(tenant.messages(lead.phone())).hasSize(1);
    }

    @Test
    void a_delivery_with_several_entries_and_changes_starts_an_execution_for_each_lead() {
        Tenant other = fleet.tenant("Other page").connected();
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        String otherWorkflow = other.workflow(Workflows.seed(other.formId()));
        awaitSubscribed();
        awaitSubscribed(other);
        List<TestLead> mine = IntStream.range(0, 3).mapToObj(i -> tenant.lead()).toList();
        List<TestLead> theirs =
                IntStream.range(0, 2).mapToObj(i -> other.lead()).toList();

        assertThat(tenant.deliver(TestLead.delivery(List.of(mine, theirs))).status())
                .isEqualTo(200);

        awaitCompleted(tenant, workflow, 3);
        awaitCompleted(other, otherWorkflow, 2);
        assertThat(mine)
                .allSatisfy(lead -> assertThat(tenant.contacts(lead.email())).hasSize(1));
        assertThat(theirs)
                .allSatisfy(lead -> assertThat(other.contacts(lead.email())).hasSize(1));
    }

    @Test
    void the_same_delivery_twice_and_the_same_lead_in_two_deliveries_are_one_execution() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        TestLead lead = tenant.lead();
        TestLead last = tenant.lead();
        String delivery = TestLead.delivery(lead);

        tenant.deliver(delivery);
        tenant.deliver(delivery);
        tenant.deliver(TestLead.delivery(lead, last));

        awaitCompleted(tenant, workflow, 2);
        assertThat(tenant.executions(workflow)).hasSize(2);
        assertThat(tenant.contacts(lead.email())).hasSize(1);
        assertThat(tenant.messages(lead.phone())).hasSize(1);
    }

    @Test
    void a_lead_that_a_filter_stops_is_recorded_and_nothing_is_done() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        TestLead lead = tenant.lead(Map.of("full_name", "No Mail", "phone_number", "+16502530000"));

        tenant.deliver(TestLead.delivery(lead));

        JsonNode execution = awaitExecution(workflow, "filtered");
        assertThat(steps(execution)).containsExactly("step_1 filtered", "step_2 skipped", "step_3 skipped");
        assertThat(execution.at("/steps/1/attempts").size()).isZero();
    }

    @Test
    void a_crm_that_is_down_twice_is_asked_a_third_time() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        TestLead lead = tenant.lead();
        tenant.control("/control/faults/crm", Map.of("status", 503, "times", 2, "match", lead.email()));

        tenant.deliver(TestLead.delivery(lead));

        JsonNode execution = awaitExecution(workflow, "completed");
        JsonNode attempts = execution.at("/steps/1/attempts");
        assertThat(attempts.size()).isEqualTo(3);
        assertThat(attempts.at("/0/http_status").asInt()).isEqualTo(503);
        assertThat(attempts.at("/0/error/error_class").asString()).isEqualTo("outage");
        assertThat(tenant.contacts(lead.email())).hasSize(1);
    }

    @Test
    void a_lead_that_the_crm_refuses_fails_at_once_with_the_answers_detail() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        TestLead lead =
                tenant.lead(Map.of("email", "not-an-address", "full_name", "Joe", "phone_number", "+16502530001"));

        tenant.deliver(TestLead.delivery(lead));

        JsonNode execution = awaitExecution(workflow, "failed");
        assertThat(steps(execution)).containsExactly("step_1 completed", "step_2 failed", "step_3 skipped");
        assertThat(execution.at("/steps/1/attempts").size()).isEqualTo(1);
        JsonNode letter = awaitDeadLetter(execution);
        assertThat(letter.at("/error/error_class").asString()).isEqualTo("rejected");
        assertThat(letter.at("/error/http_status").asInt()).isEqualTo(422);
        assertThat(letter.at("/error/answer").asString()).contains("invalid_email");
        assertThat(letter.at("/error/advice").asString()).isNotBlank();
    }

    @Test
    void a_crm_that_stays_down_fails_the_execution_after_the_policy_and_leaves_a_dead_letter() {
        String workflow = tenant.workflow(
                Workflows.seed(tenant.formId(), Map.of("strategy", "fixed", "attempts", 2, "initial_delay", "PT0.1S")));
        awaitSubscribed();
        TestLead lead = tenant.lead();
        tenant.control("/control/faults/crm", Map.of("status", 503, "match", lead.email()));

        tenant.deliver(TestLead.delivery(lead));

        JsonNode execution = awaitExecution(workflow, "failed");
        assertThat(execution.at("/steps/1/attempts").size()).isEqualTo(2);
        assertThat(awaitDeadLetter(execution).path("attempts").asInt()).isEqualTo(2);
        assertThat(tenant.contacts(lead.email())).isEmpty();
    }

    @Test
    void graph_that_is_down_for_a_moment_delays_the_lead_and_does_not_lose_it() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        TestLead lead = tenant.lead();
        tenant.control("/control/faults/graph", Map.of("outage", true, "times", 1, "match", lead.id()));

        tenant.deliver(TestLead.delivery(lead));

        awaitExecution(workflow, "completed");
        assertThat(tenant.contacts(lead.email())).hasSize(1);
    }

    @Test
    void a_lead_whose_webhook_never_came_is_found_by_a_sweep() {
        TestLead lost = tenant.lead();
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));

        awaitExecution(workflow, "completed");
        assertThat(tenant.contacts(lost.email())).hasSize(1);
        JsonNode entry = awaitDelivered(lost);
        assertThat(entry.path("recovered").asBoolean()).isTrue();
        assertThat(reconciled(lost).path("missing").asInt()).isZero();
        assertThat(reconciled(lost).path("meta").asInt()).isEqualTo(1);
    }

    @Test
    void the_ledger_follows_a_lead_through_services_that_die() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        List<TestLead> leads = List.of(tenant.lead(), tenant.lead(), tenant.lead());
        tenant.deliver(TestLead.delivery(leads.getFirst()));
        fleet.engine("kill", "trigger-service");
        fleet.engine("kill", "dispatcher-service");
        fleet.engine("restart", "trigger-service");
        fleet.engine("restart", "dispatcher-service");
        tenant.deliver(TestLead.delivery(leads.get(1), leads.get(2)));

        for (TestLead lead : leads) {
            JsonNode entry = awaitDelivered(lead);
            assertThat(entry.at("/executions/0/workflow_id").asString()).isEqualTo(workflow);
            assertThat(entry.at("/executions/0/destinations").valueStream())
                    .extracting(each -> each.path("action").asString() + " "
                            + each.path("status").asString())
                    .containsExactly("CRM_INSERT completed", "SEND_WHATSAPP completed");
        }
        JsonNode row = reconciled(leads.getFirst());
        assertThat(List.of("heard", "captured", "routed", "delivered"))
                .allSatisfy(member ->
                        assertThat(row.path(member).asInt()).as(member).isEqualTo(leads.size()));
        assertThat(row.path("missing").asInt()).isZero();
    }

    private JsonNode awaitDelivered(TestLead lead) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> tenant.get("/v1/leads/" + lead.id()).body(),
                        entry -> entry.path("state").asString("").equals("delivered"));
    }

    private JsonNode reconciled(TestLead lead) {
        return tenant.get("/v1/leads/reconciliation?form_id=" + lead.formId())
                .body()
                .at("/items/0");
    }

    @Test
    void an_inactive_workflow_does_nothing() {
        String inactive = tenant.workflow(Workflows.seed(tenant.formId()));
        assertThat(tenant.call("POST", "/v1/workflows/" + inactive + ":deactivate", Map.of())
                        .status())
                .isEqualTo(200);
        String active = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();

        tenant.deliver(TestLead.delivery(tenant.lead()));

        awaitExecution(active, "completed");
        assertThat(tenant.executions(inactive)).isEmpty();
    }

    @Test
    void one_organization_never_sees_another() {
        Tenant other = fleet.tenant("Curious");
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed();
        tenant.deliver(TestLead.delivery(tenant.lead()));
        String execution =
                awaitExecution(workflow, "completed").path("execution_id").asString();

        assertThat(other.get("/v1/executions/" + execution).status()).isEqualTo(404);
        assertThat(other.get("/v1/workflows/" + workflow).status()).isEqualTo(404);
        assertThat(other.executions(workflow)).isEmpty();
    }

    private void awaitSubscribed() {
        awaitSubscribed(tenant);
    }

    /** A published workflow is known to the trigger-service within two seconds. */
    private void awaitSubscribed(Tenant of) {
        Http.Answer subscriptions = await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> of.get("/v1/events/subscriptions"), a -> a.text().contains(of.formId()));
        assertThat(subscriptions.status()).isEqualTo(200);
    }

    private JsonNode awaitExecution(String workflow, String status) {
        JsonNode found = await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> tenant.executions(workflow),
                        all -> all.size() == 1
                                && all.getFirst().path("status").asString().equals(status))
                .getFirst();
        return tenant.execution(found.path("execution_id").asString());
    }

    private static void awaitCompleted(Tenant of, String workflow, int count) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(of.executions(workflow))
                        .hasSize(count)
                        .allSatisfy(e -> assertThat(e.path("status").asString()).isEqualTo("completed")));
    }

    private JsonNode awaitDeadLetter(JsonNode execution) {
        String id = execution.path("execution_id").asString();
        return await().atMost(SOON)
                .until(
                        () -> tenant.deadLetters().stream()
                                .filter(l -> l.path("execution_id").asString().equals(id))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<String> steps(JsonNode execution) {
        return execution
                .path("steps")
                .valueStream()
                .map(s -> s.path("step_id").asString() + " " + s.path("status").asString())
                .toList();
    }
}
