package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger of leads, told by Kafka. Graph is not here: nothing is fetched, as if each token were missing; the system tests
 * have the whole way.
 */
@TestPropertySource(properties = {"engine.lead-fetch.long-delay=300ms", "engine.lead-fetch.give-up-after=3s"})
class LeadLedgerTest extends TriggerScene {
    private static final Instant NOW = Instant.now();
    private static final String TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC).toString();

    private final String form = number();
    private final String page = number();

    /** Leads that are tried again and again would hold up those of other tests in the same topic. */
    @AfterEach
    void allAreGivenUp() {
        await().atMost(SOON)
                .until(() -> read(org, "/v1/leads/reconciliation")
                        .path("items")
                        .valueStream()
                        .allMatch(row ->
                                row.path("failed").asInt() == row.path("heard").asInt()));
    }

    @Test
    void a_lead_that_only_a_sweep_has_seen_is_recovered_and_missing_until_nobody_tries_any_more() {
        String lead = number();
        swept(lead);
        swept(lead);

        await().atMost(SOON).until(() -> lead(lead).path("problem").asString("").equals("credential_missing"));

        JsonNode entry = lead(lead);
        assertThat(entry.path("state").asString()).isEqualTo("received");
        assertThat(entry.path("recovered").asBoolean()).isTrue();
        assertThat(entry.path("listed").asBoolean()).isTrue();
        assertThat(entry.path("form_id").asString()).isEqualTo(form);
        assertThat(row()).isEqualTo("meta 1 heard 1 captured 0 missing 1 failed 0 recovered 1 routed 0 delivered 0");
        assertThat(ids("state=received")).containsExactly(lead);
        assertThat(ids("state=delivered")).isEmpty();

        await().atMost(SOON).until(() -> lead(lead).path("state").asString().equals("failed"));
        assertThat(row()).contains("missing 1 failed 1");
        assertThat(ids("state=failed")).containsExactly(lead);
    }

    @Test
    void a_lead_that_a_webhook_told_of_first_is_not_recovered_when_a_sweep_sees_it() {
        publish(new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", form), null));
        String lead = number();
        delivered(lead);
        await().atMost(SOON).until(() -> !lead(lead).isMissingNode());
        assertThat(row()).startsWith("meta 0 heard 1");

        swept(lead);

        await().atMost(SOON).until(() -> lead(lead).path("listed").asBoolean());
        assertThat(lead(lead).path("recovered").asBoolean()).isFalse();
        assertThat(row()).startsWith("meta 1 heard 1").contains("recovered 0");
    }

    @Test
    void what_executions_do_is_entered_whatever_the_order_of_their_snapshots() {
        String lead = number();
        swept(lead);
        await().atMost(SOON).until(() -> !lead(lead).isMissingNode());
        ExecutionId first = ExecutionId.of(eventId(lead), WorkflowId.random());
        ExecutionId second = ExecutionId.of(eventId(lead), WorkflowId.random());
        snapshot(lead, first, 5, ExecutionStatus.COMPLETED, StepStatus.COMPLETED);
        snapshot(lead, first, 3, ExecutionStatus.IN_PROGRESS, StepStatus.QUEUED);
        snapshot(lead, first, 5, ExecutionStatus.COMPLETED, StepStatus.COMPLETED);
        snapshot(lead, second, 1, ExecutionStatus.IN_PROGRESS, StepStatus.QUEUED);
        snapshot(lead, second, 2, ExecutionStatus.FAILED, StepStatus.FAILED);

        await().atMost(SOON)
                .until(
                        () -> lead(lead)
                                .path("executions")
                                .valueStream()
                                .map(LeadLedgerTest::told)
                                .sorted()
                                .toList(),
                        told -> told.equals(List.of("completed: CRM_INSERT completed", "failed: CRM_INSERT failed")));
        assertThat(lead(lead).path("state").asString()).isEqualTo("delivered");
        assertThat(row()).endsWith("routed 1 delivered 1");
    }

    @Test
    void another_organization_sees_nothing_of_it() {
        String lead = number();
        swept(lead);
        await().atMost(SOON).until(() -> !lead(lead).isMissingNode());
        OrgId stranger = OrgId.random();

        gateway(stranger)
                .get()
                .uri("/v1/leads/" + lead)
                .exchange()
                .expectStatus()
                .isNotFound();

        assertThat(read(stranger, "/v1/leads").path("items")).isEmpty();
        assertThat(read(stranger, "/v1/leads/reconciliation").path("items")).isEmpty();
    }

    @Test
    void days_that_are_too_many_or_backwards_are_refused_with_what_to_do() {
        for (String days : List.of("from=2026-01-01&to=2026-06-01", "from=2026-01-02&to=2026-01-01")) {
            gateway(org)
                    .get()
                    .uri("/v1/leads/reconciliation?" + days)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody(String.class)
                    .value(body -> assertThat(body).contains("\"from\"", "91 days before"));
        }
    }

    private void swept(String... leads) {
        InboundMessage.LeadSweep sweep = new InboundMessage.LeadSweep(
                UUID.randomUUID().toString(),
                org,
                page,
                form,
                null,
                Arrays.stream(leads)
                        .map(lead -> new InboundMessage.SweptLead(lead, NOW))
                        .toList(),
                Instant.now(),
                null);
        publish(Topic.INBOUND, sweep.id(), sweep);
    }

    private void delivered(String lead) {
        String body = """
                {"object": "page", "entry": [{"id": "%s", "changes": [{"field": "leadgen", "value":
                  {"leadgen_id": "%s", "page_id": "%s", "form_id": "%s", "created_time": %d}}]}]}
                """.formatted(page, lead, page, form, NOW.getEpochSecond());
        InboundMessage.MetaDelivery delivery =
                new InboundMessage.MetaDelivery(UUID.randomUUID().toString(), Instant.now(), body, null);
        publish(Topic.INBOUND, delivery.id(), delivery);
    }

    private void snapshot(String lead, ExecutionId id, long rev, ExecutionStatus status, StepStatus step) {
        publish(
                Topic.EXECUTION_LOGS,
                id.value(),
                new ExecutionSnapshot(
                        org,
                        id,
                        rev,
                        WorkflowId.random(),
                        "Leads",
                        1,
                        eventId(lead),
                        Trigger.META_LEAD_AD,
                        Map.of(),
                        status,
                        NOW,
                        NOW,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new ExecutionSnapshot.Step(
                                new StepId("crm"),
                                "ACTION",
                                "CRM_INSERT",
                                step,
                                1,
                                null,
                                null,
                                List.of(),
                                null,
                                null,
                                null))));
    }

    private EventId eventId(String lead) {
        return EventId.of(org, "/meta/leads", lead);
    }

    private static String told(JsonNode execution) {
        return execution.path("status").asString() + ": "
                + execution.at("/destinations/0/action").asString() + " "
                + execution.at("/destinations/0/status").asString();
    }

    /** The only row of the reconciliation, as people would say it. */
    private String row() {
        JsonNode items = read(org, "/v1/leads/reconciliation").path("items");
        assertThat(items).hasSize(1);
        JsonNode row = items.get(0);
        assertThat(row.path("day").asString()).isEqualTo(TODAY);
        assertThat(row.path("form_id").asString()).isEqualTo(form);
        return String.join(
                " ",
                List.of("meta", "heard", "captured", "missing", "failed", "recovered", "routed", "delivered").stream()
                        .map(member -> member + " " + row.path(member).asInt())
                        .toList());
    }

    private List<String> ids(String query) {
        return read(org, "/v1/leads?" + query)
                .path("items")
                .valueStream()
                .map(entry -> entry.path("lead_id").asString())
                .toList();
    }

    /** The entry; a missing node if there is none. */
    private JsonNode lead(String id) {
        JsonNode found = read(org, "/v1/leads/" + id);
        return found.has("lead_id") ? found : JsonMapper.shared().missingNode();
    }

    private JsonNode read(OrgId caller, String path) {
        @Nullable
        String body = gateway(caller)
                .get()
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body == null ? "{}" : body);
    }

    private static String number() {
        return Long.toString(100_000_000_000L + UUID.randomUUID().getLeastSignificantBits() >>> 30);
    }
}
