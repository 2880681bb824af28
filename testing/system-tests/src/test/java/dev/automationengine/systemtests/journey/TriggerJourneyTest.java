package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.MetaSignature;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What starts workflows besides leads: a caller who signs and waits, a person, the clock. */
@ExtendWith(FleetExtension.class)
class TriggerJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "shared with the shop";
    private static final String ORDER = "{\"order_id\":\"A-17\"}";

    private final Fleet fleet;
    private final Tenant tenant;

    TriggerJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Triggers").connected();
    }

    @Test
    void a_caller_who_signs_gets_the_outcome_and_one_who_does_not_is_refused() {
        String credential = tenant.call(
                        "POST",
                        "/v1/credentials",
                        Map.of(
                                "kind",
                                "webhook_secret",
                                "name",
                                "Shop",
                                "attributes",
                                Map.of(),
                                "secrets",
                                Map.of("secret", SECRET)))
                .body()
                .required("id")
                .asString();
        tenant.workflow(Map.of(
                "name",
                "Ask the shop",
                "is_active",
                true,
                "trigger",
                Map.of(
                        "type",
                        "WEBHOOK",
                        "credential_id",
                        credential,
                        "config",
                        Map.of(
                                "path", "ask",
                                "respond", Map.of("with", "result", "within", "PT20S"),
                                "security", Map.of("kind", "hmac", "header", "X-Shop", "prefix", "sha256="))),
                "steps",
                List.of(
                        Map.of(
                                "id", "call",
                                "type", "ACTION",
                                "action", "HTTP_REQUEST",
                                "config",
                                        Map.of(
                                                "method",
                                                "GET",
                                                "url",
                                                fleet.simulator("/echo/orders").toString())),
                        Map.of(
                                "id",
                                "answer",
                                "type",
                                "TRANSFORM",
                                "depends_on",
                                List.of("call"),
                                "output",
                                Map.of(
                                        "order", "{{ trigger.body.order_id }}",
                                        "path", "{{ steps.call.output.body.path }}")))));
        URI url = fleet.api("/webhooks/" + tenant.id() + "/ask");
        Map<String, String> signed =
                Map.of("X-Shop", MetaSignature.sha256(SECRET, ORDER.getBytes(StandardCharsets.UTF_8)));

        Http.Answer answer = await().atMost(SOON).until(() -> Http.post(url, ORDER, signed), a -> a.status() != 404);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().at("/outputs/answer/order").asString()).isEqualTo("A-17");
        assertThat(answer.body().at("/outputs/answer/path").asString()).isEqualTo("/echo/orders");
        assertThat(Http.post(url, ORDER + " ", signed).status()).isEqualTo(401);
        assertThat(Http.post(url, ORDER, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void a_person_runs_a_workflow_for_leads_by_hand_and_finds_the_run_by_the_id_of_the_answer() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        String email = "by-hand-" + System.nanoTime() + "@example.com";
        Map<String, Object> input = Map.of(
                "input", Map.of("fields", Map.of("email", email, "full_name", "Joe", "phone_number", "+16502530000")));

        Http.Answer answer = await().atMost(SOON)
                .until(() -> tenant.call("POST", "/v1/workflows/" + workflow + ":run", input), a -> a.status() == 202);
        String execution = answer.body().required("execution_id").asString();

        await().atMost(SOON)
                .until(() -> tenant.execution(execution).path("status").asString(""), "completed"::equals);
        assertThat(tenant.execution(execution).path("trigger_type").asString()).isEqualTo("MANUAL");
        assertThat(tenant.contacts(email)).hasSize(1);
    }

    @Test
    void a_schedule_of_each_second_runs_each_second_once_until_it_is_switched_off() {
        String workflow = tenant.workflow(Map.of(
                "name",
                "Each second",
                "is_active",
                true,
                "trigger",
                Map.of("type", "SCHEDULE", "config", Map.of("cron", "* * * * * *", "catch_up", "none")),
                "steps",
                List.of(Map.of(
                        "id", "at", "type", "TRANSFORM", "output", Map.of("at", "{{ trigger.scheduled_at }}")))));

        await().atMost(SOON).until(() -> tenant.executions(workflow).size() >= 4);
        assertThat(tenant.get("/v1/schedules/" + workflow)
                        .body()
                        .required("next_at")
                        .size())
                .isEqualTo(5);
        tenant.call("POST", "/v1/workflows/" + workflow + ":deactivate", Map.of());
        await().atMost(SOON).until(() -> tenant.get("/v1/schedules/" + workflow).status(), status -> status == 404);

        await().atMost(SOON).untilAsserted(() -> {
            List<Instant> times = times(workflow);
            assertThat(times).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(4);
            assertThat(Duration.between(times.getFirst(), times.getLast()).toSeconds())
                    .as("none is left out")
                    .isEqualTo(times.size() - 1);
        });
    }

    private List<Instant> times(String workflow) {
        return tenant.executions(workflow).stream()
                .map(each -> tenant.execution(each.path("execution_id").asString()))
                .map(each -> each.at("/trigger/scheduled_at").asString())
                .map(Instant::parse)
                .sorted()
                .toList();
    }
}
