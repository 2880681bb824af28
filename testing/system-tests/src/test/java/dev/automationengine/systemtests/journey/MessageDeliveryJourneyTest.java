package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A lead is written to by WhatsApp, and what follows waits for what Meta tells of the message. */
@ExtendWith(FleetExtension.class)
class MessageDeliveryJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Fleet fleet;
    private final Tenant tenant;

    MessageDeliveryJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Delivered").connected();
    }

    @Test
    void a_message_that_arrives_and_one_that_does_not_lead_to_different_things() {
        String workflow = workflow();
        TestLead reached = tenant.lead();
        TestLead unreached = tenant.lead();
        tenant.deliver(TestLead.delivery(reached, unreached));
        JsonNode arrived = message(reached);
        JsonNode lost = message(unreached);

        told(arrived, "sent");
        told(arrived, "read");
        told(arrived, "delivered");
        told(lost, "failed");
        told(lost, "failed");

        await().atMost(SOON).until(() -> completed(workflow) == 2);
        // Nobody promises an order: either says that the message has arrived.
        assertThat(notes(reached)).hasSize(1).isSubsetOf("read", "delivered");
        assertThat(notes(unreached)).containsExactly("call: Undeliverable.");
        assertThat(tenant.messages(reached.phone())).hasSize(1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tenant.executions(workflow))
                        .map(each -> tenant.execution(each.path("execution_id").asString()))
                        .extracting(each -> each.at("/deliveries/send/status").asString())
                        .containsExactlyInAnyOrder("read", "failed"));
    }

    @Test
    void what_meta_tells_while_dispatchers_are_dead_is_heard_when_they_live() {
        String workflow = workflow();
        TestLead lead = tenant.lead();
        tenant.deliver(TestLead.delivery(lead));
        JsonNode message = message(lead);
        fleet.engine("kill", "dispatcher-service");
        told(message, "delivered");
        fleet.engine("restart", "dispatcher-service");

        await().atMost(SOON).until(() -> completed(workflow) == 1);
        assertThat(notes(lead)).containsExactly("delivered");
        assertThat(tenant.messages(lead.phone())).hasSize(1);
    }

    private String workflow() {
        String id = tenant.workflow(Json.MAPPER.readTree("""
                {"name": "Write, then wait", "is_active": true,
                 "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
                 "steps": [
                  {"id": "mail", "type": "FILTER", "condition": {"field": "email", "operator": "NOT_NULL"}},
                  {"id": "send", "type": "ACTION", "action": "SEND_WHATSAPP", "depends_on": ["mail"],
                   "config": {"to": "{{ trigger.fields.phone_number }}",
                              "template": {"name": "lead_welcome", "language": "en_US",
                                           "parameters": ["{{ trigger.fields.full_name }}"]}}},
                  {"id": "known", "type": "WAIT_FOR_EVENT", "timeout": "PT10M", "depends_on": ["send"],
                   "event": {"type": "WHATSAPP_STATUS",
                             "config": {"phone_number_id": "%s", "settled": "true"},
                             "match": {"field": "message_id", "value": "{{ steps.send.output.message_id }}"}}},
                  {"id": "arrived", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["known"],
                   "run_if": {"not": {"field": "steps.known.output.status", "operator": "EQUALS", "value": "failed"}},
                   "config": {"field_mapping": {"email": "{{ trigger.fields.email }}",
                                                "note": "{{ steps.known.output.status }}"}}},
                  {"id": "lost", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["known"],
                   "run_if": {"field": "steps.known.output.status", "operator": "EQUALS", "value": "failed"},
                   "config": {"field_mapping": {"email": "{{ trigger.fields.email }}",
                                                "note": "call: {{ steps.known.output.error.details }}"}}}]}
                """.formatted(tenant.formId(), DemoAccounts.PHONE_NUMBER_ID)));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(id));
        return id;
    }

    private JsonNode message(TestLead lead) {
        return await().atMost(SOON)
                .until(() -> tenant.messages(lead.phone()), sent -> !sent.isEmpty())
                .getFirst();
    }

    /** Delivers a status as Meta does: signed, to the one webhook of all organizations. */
    private void told(JsonNode message, String status) {
        Map<String, Object> told = Map.of(
                "id",
                message.required("id").asString(),
                "status",
                status,
                "timestamp",
                Long.toString(Instant.now().getEpochSecond()),
                "recipient_id",
                message.required("to").asString(),
                "biz_opaque_callback_data",
                message.required("callback_data").asString(),
                "errors",
                status.equals("failed")
                        ? List.of(
                                Map.of("code", 131026, "title", "x", "error_data", Map.of("details", "Undeliverable.")))
                        : List.of());
        Map<String, Object> value = Map.of(
                "messaging_product",
                "whatsapp",
                "metadata",
                Map.of("phone_number_id", DemoAccounts.PHONE_NUMBER_ID),
                "statuses",
                List.of(told));
        Map<String, Object> change = Map.of("field", "messages", "value", value);
        assertThat(tenant.deliver(Json.MAPPER.writeValueAsString(Map.of(
                                "object",
                                "whatsapp_business_account",
                                "entry",
                                List.of(Map.of("id", "1", "changes", List.of(change))))))
                        .status())
                .isEqualTo(200);
    }

    private List<String> notes(TestLead lead) {
        return tenant.contacts(lead.email()).stream()
                .map(contact -> contact.at("/fields/note").asString())
                .toList();
    }

    private int completed(String workflow) {
        return new WebhookWorkflows(fleet, tenant).completed(workflow);
    }
}
