package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * The whole way of a lead: filtered, sorted by country, put into HubSpot with its owner, written to by WhatsApp, and, once
 * Meta says what became of the message, told to the Conversions API.
 */
@ExtendWith(FleetExtension.class)
class ConversionJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STEPS = """
            [{"id": "mail", "type": "FILTER", "condition": {"field": "email", "operator": "NOT_NULL"}},
             {"id": "country", "type": "BRANCH", "depends_on": ["mail"], "branches": [
               {"name": "germany", "condition": {"field": "country", "operator": "EQUALS", "value": "DE"}}]},
             {"id": "germany", "type": "ACTION", "action": "HUBSPOT_UPSERT_CONTACT", "depends_on": ["country.germany"],
              "config": {"field_mapping": {"email": "{{ trigger.fields.email }}", "firstname": "{{ trigger.fields.full_name }}"},
                         "owner_id": "49"}},
             {"id": "world", "type": "ACTION", "action": "HUBSPOT_UPSERT_CONTACT", "depends_on": ["country.else"],
              "config": {"field_mapping": {"email": "{{ trigger.fields.email }}", "firstname": "{{ trigger.fields.full_name }}"},
                         "owner_id": "1"},
              "retry_policy": {"strategy": "fixed", "attempts": 5, "initial_delay": "PT0.5S"}},
             {"id": "greet", "type": "ACTION", "action": "SEND_WHATSAPP", "depends_on": ["germany", "world"], "join": "any",
              "config": {"to": "{{ trigger.fields.phone_number }}",
                         "template": {"name": "lead_welcome", "language": "en_US",
                                      "parameters": ["{{ trigger.fields.full_name }}"]}}},
             {"id": "known", "type": "WAIT_FOR_EVENT", "timeout": "PT10M", "depends_on": ["greet"],
              "event": {"type": "WHATSAPP_STATUS",
                        "config": {"phone_number_id": "%s", "settled": "true"},
                        "match": {"field": "message_id", "value": "{{ steps.greet.output.message_id }}"}}},
             {"id": "reached", "type": "ACTION", "action": "SEND_CONVERSION", "depends_on": ["known"],
              "run_if": {"not": {"field": "steps.known.output.status", "operator": "EQUALS", "value": "failed"}},
              "config": {"event_name": "contacted", "earlier_stages": ["initial_lead"], "crm": "HubSpot",
                         "lead_id": "{{ trigger.lead_id }}", "lead_created_time": "{{ trigger.created_time }}",
                         "person": {"email": "{{ trigger.fields.email }}", "phone": "{{ trigger.fields.phone_number }}"}},
              "retry_policy": {"strategy": "fixed", "attempts": 5, "initial_delay": "PT0.5S"}},
             {"id": "unreached", "type": "ACTION", "action": "SEND_CONVERSION", "depends_on": ["known"],
              "run_if": {"field": "steps.known.output.status", "operator": "EQUALS", "value": "failed"},
              "config": {"event_name": "unreachable", "earlier_stages": ["initial_lead"], "crm": "HubSpot",
                         "lead_id": "{{ trigger.lead_id }}", "lead_created_time": "{{ trigger.created_time }}"}}]
            """.formatted(DemoAccounts.PHONE_NUMBER_ID);

    private final Fleet fleet;
    private final Tenant tenant;

    ConversionJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Conversions").connected();
        tenant.credential(
                "hubspot",
                Map.of(),
                Map.of("access_token", Objects.requireNonNull(DemoAccounts.KEYS.get(Vendor.HUBSPOT))));
        tenant.credential(
                "meta_dataset",
                Map.of("dataset_id", DemoAccounts.DATASET),
                Map.of("access_token", DemoAccounts.DATASET_TOKEN));
    }

    @BeforeEach
    void meta_tells_what_becomes_of_messages() {
        statuses(List.of("sent", "delivered"));
    }

    @AfterEach
    void meta_tells_no_more() {
        statuses(List.of());
    }

    private void statuses(List<String> statuses) {
        tenant.control(
                "/control/whatsapp",
                Map.of(
                        "status_webhooks",
                        Map.of(
                                "callback_url",
                                fleet.webhook().toString(),
                                "app_secret",
                                fleet.text("meta_app_secret"),
                                "statuses",
                                statuses,
                                "delay_ms",
                                300,
                                "twice",
                                true)));
    }

    private String workflow() {
        String id = tenant.workflow(Map.of(
                "name",
                "Lead to conversion",
                "is_active",
                true,
                "trigger",
                Map.of("type", "META_LEAD_AD", "config", Map.of("form_id", tenant.formId())),
                "steps",
                Json.MAPPER.readTree(STEPS)));
        new WebhookWorkflows(fleet, tenant).awaitSubscription(id);
        return id;
    }

    private TestLead lead(String country) {
        int number = 2_000_000 + ThreadLocalRandom.current().nextInt(7_000_000);
        return tenant.lead(Map.of(
                "email",
                "joe" + number + "@example.com",
                "full_name",
                "Joe Example",
                "phone_number",
                "+1650" + number,
                "country",
                country));
    }

    private JsonNode ended(String workflow) {
        JsonNode found = await().atMost(SOON)
                .until(
                        () -> tenant.executions(workflow).stream()
                                .filter(each -> each.path("status").asString().equals("completed"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return tenant.execution(found.path("execution_id").asString());
    }

    /** The stages that Meta was told of a lead. */
    private List<String> stages(TestLead lead) {
        return tenant.kept("conversions").keySet().stream()
                .filter(key -> key.contains("lead-" + lead.id() + "-"))
                .map(key -> key.substring(0, key.indexOf(' ')))
                .sorted()
                .toList();
    }

    private JsonNode contact(TestLead lead) {
        return tenant.kept("hubspot").getOrDefault("email=" + lead.email(), Json.MAPPER.nullNode());
    }

    @Test
    void a_lead_is_sorted_stored_greeted_and_its_conversion_told() {
        String workflow = workflow();
        TestLead lead = lead("DE");
        tenant.deliver(TestLead.delivery(lead));

        JsonNode execution = ended(workflow);

        assertThat(WebhookWorkflows.statuses(execution))
                .isEqualTo("completed completed completed skipped completed completed completed omitted");
        assertThat(contact(lead).asString()).contains("\"hubspot_owner_id\":\"49\"");
        assertThat(tenant.messages(lead.phone())).hasSize(1);
        assertThat(stages(lead)).containsExactly("contacted", "initial_lead");
        assertThat(execution.toString()).doesNotContain(DemoAccounts.DATASET_TOKEN);
    }

    @Test
    void a_message_that_fails_later_is_told_as_another_stage() {
        String workflow = workflow();
        TestLead lead = lead("FR");
        tenant.control(
                "/control/whatsapp",
                Map.of(
                        "failing",
                        List.of(Map.of("number", lead.phone(), "code", 131026, "details", "Undeliverable."))));
        tenant.deliver(TestLead.delivery(lead));

        ended(workflow);

        assertThat(contact(lead).asString()).contains("\"hubspot_owner_id\":\"1\"");
        assertThat(stages(lead)).containsExactly("initial_lead", "unreachable");
    }

    @Test
    void throttling_lost_answers_and_a_dead_worker_neither_lose_nor_repeat_anything() {
        String workflow = workflow();
        TestLead lead = lead("FR");
        tenant.control(
                "/control/faults/hubspot",
                List.of(
                        Map.of("status", 429, "headers", Map.of("Retry-After", "1"), "times", 1, "match", lead.email()),
                        Map.of("lost_response", true, "times", 1, "match", lead.email())));
        tenant.control(
                "/control/faults/conversions",
                List.of(
                        Map.of("outage", true, "times", 1, "match", lead.id()),
                        Map.of("lost_response", true, "times", 2, "match", lead.id())));
        tenant.deliver(TestLead.delivery(lead));
        await().atMost(SOON).until(() -> !tenant.messages(lead.phone()).isEmpty());
        fleet.engine("kill", "worker-service");
        fleet.engine("restart", "worker-service");

        ended(workflow);

        assertThat(tenant.messages(lead.phone())).hasSize(1);
        assertThat(stages(lead)).containsExactly("contacted", "initial_lead");
        assertThat(tenant.deadLetters()).isEmpty();
    }

    @Test
    void a_lead_that_meta_does_not_take_waits_as_a_dead_letter_and_is_redriven() {
        String workflow = workflow();
        TestLead lead = lead("DE");
        tenant.control(
                "/control/faults/conversions",
                Map.of(
                        "graph_error", Map.of("code", 100, "message", "Invalid parameter"),
                        "times", 1,
                        "match", lead.id()));
        tenant.deliver(TestLead.delivery(lead));
        JsonNode letter = await().atMost(SOON)
                .until(() -> tenant.deadLetters(), letters -> !letters.isEmpty())
                .getFirst();
        assertThat(letter.toString()).contains("compare the dataset's id").doesNotContain(lead.email());

        Http.Answer redriven = tenant.call(
                "POST", "/v1/dead-letters/" + letter.path("id").asString() + ":redrive", Map.of("version", "newest"));
        assertThat(redriven.status()).as(redriven.text()).isEqualTo(200);

        ended(workflow);
        assertThat(stages(lead)).containsExactly("contacted", "initial_lead");
        assertThat(tenant.messages(lead.phone())).hasSize(1);
    }
}
