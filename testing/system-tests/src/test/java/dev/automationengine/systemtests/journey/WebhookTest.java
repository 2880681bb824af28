package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the doors let in and what they refuse. */
@ExtendWith(FleetExtension.class)
class WebhookTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Tenant tenant;

    WebhookTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Doors").connected();
    }

    @Test
    void meta_gets_its_challenge_back_for_the_right_token_only() {
        Http.Answer right = handshake(fleet.text("meta_verify_token"));
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.text()).isEqualTo("1158201444");
        assertThat(handshake("guessed").status()).isEqualTo(403);
    }

    @Test
    void a_body_with_a_wrong_signature_or_none_is_refused_and_nothing_of_it_is_kept() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        TestLead forged = tenant.oldLead();
        String body = TestLead.delivery(forged);

        assertThat(tenant.deliver(body, "sha256=" + "0".repeat(64)).status()).isEqualTo(401);
        Http.Answer unsigned = Http.post(fleet.webhook(), body, Map.of());
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(unsigned.body().path("type").asString()).endsWith("/invalid-signature");

        TestLead real = tenant.lead();
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            tenant.deliver(TestLead.delivery(real));
            assertThat(tenant.executions(workflow)).isNotEmpty();
        });
        assertThat(tenant.contacts(forged.email())).isEmpty();
    }

    @Test
    void a_malformed_body_is_a_bad_request() {
        Http.Answer answer = tenant.deliver("{\"object\":\"page\",");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("type").asString()).endsWith("/invalid-request");
    }

    @Test
    void an_oversized_body_is_refused() {
        Http.Answer answer = tenant.deliver("{\"object\":\"" + "x".repeat(2_000_000) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void a_lead_of_an_unknown_page_is_acknowledged_and_counted() {
        double before = unrouted();
        assertThat(tenant.deliver(TestLead.delivery(tenant.lead())).status()).isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(unrouted()).isGreaterThan(before));
    }

    @Test
    void a_webhook_call_runs_through_a_filter_and_two_requests() {
        String path = "orders/new";
        String workflow =
                tenant.workflow(Workflows.webhook(path, fleet.simulator("/echo").toString()));
        URI url = fleet.api("/webhooks/" + tenant.id() + "/" + path);

        Http.Answer accepted = await().atMost(Duration.ofSeconds(5))
                .until(
                        () -> Http.post(url, "{\"status\":\"paid\",\"order_id\":\"A-17\"}", Map.of()),
                        a -> a.status() == 202);
        assertThat(accepted.body().path("event_id").asString()).startsWith("evt_");

        JsonNode execution = await().atMost(SOON)
                .until(
                        () -> tenant.executions(workflow),
                        all -> all.size() == 1
                                && all.getFirst().path("status").asString().equals("completed"))
                .getFirst();
        JsonNode detail = tenant.execution(execution.path("execution_id").asString());
        assertThat(detail.at("/steps/2/input/body/path").asString()).isEqualTo("/echo/first");
        assertThat(detail.at("/steps/2/input/body/status").asInt()).isEqualTo(200);
    }

    @Test
    void a_path_that_no_workflow_listens_to_is_not_found() {
        assertThat(Http.post(fleet.api("/webhooks/" + tenant.id() + "/nobody"), "{}", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private Http.Answer handshake(String token) {
        return Http.send(
                "GET",
                URI.create(fleet.webhook() + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + token),
                null,
                null);
    }

    private double unrouted() {
        return Http.send("GET", fleet.service("trigger-service", "/actuator/prometheus"), null, null)
                .text()
                .lines()
                .filter(line -> line.startsWith("engine_trigger_unrouted_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
