package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaSignature;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Senders that send too much. */
@TestPropertySource(
        properties = {
            "engine.webhook-limits.per-path=2",
            "engine.webhook-limits.per-organization=3",
            "engine.webhook-limits.window=1h",
            "engine.limiter.timeout=5s"
        })
class WebhookLimitTest extends TriggerScene {
    @Test
    void a_flood_gets_429_leaves_no_trace_and_takes_nothing_from_other_organizations() {
        publish(webhook("a"));
        publish(webhook("b"));
        double before = refused();
        call(org, "a", "{}").expectStatus().isAccepted();
        call(org, "a", "{}").expectStatus().isAccepted();
        call(org, "a", "{}")
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .value(
                        "Retry-After",
                        seconds -> assertThat(Long.parseLong(seconds)).isBetween(1L, 3_600L))
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://automation-engine.dev/problems/rate-limited");
        // What one path may not take is there for another, up to the organization's limit.
        call(org, "b", "{}").expectStatus().isAccepted();
        call(org, "b", "{}").expectStatus().isEqualTo(429);
        assertThat(refused() - before).isEqualTo(2);

        OrgId other = OrgId.random();
        WorkflowId workflow = WorkflowId.random();
        publish(
                Topic.WORKFLOW_CHANGES,
                WorkflowChange.key(other, workflow),
                new WorkflowChange(other, workflow, 1, true, webhook("a"), Instant.now()));
        await().atMost(SOON)
                .untilAsserted(() -> call(other, "a", "{}").expectStatus().isAccepted());
        await().atMost(SOON).untilAsserted(() -> assertThat(events()).hasSize(3));
    }

    @Test
    void a_flood_is_refused_before_its_bodies_are_read() {
        publish(webhook("a"));
        String large = "\"" + "x".repeat(300_000) + "\"";
        call(org, "a", large).expectStatus().isEqualTo(413);
        call(org, "a", "{}").expectStatus().isAccepted();
        call(org, "a", "{}").expectStatus().isAccepted();
        call(org, "a", "{}").expectStatus().isEqualTo(429);
        call(org, "a", large).expectStatus().isEqualTo(429);
    }

    @Test
    void who_lacks_the_secret_uses_up_nothing() {
        Map<String, Object> security = Map.of("kind", "secret", "header", "X-Key");
        publish(new Trigger(Trigger.WEBHOOK, Map.of("path", "a", "security", security), webhookSecret("s3cret")));
        for (int i = 0; i < 5; i++) {
            call(org, "a", "{}").expectStatus().isUnauthorized();
        }
        gateway(null)
                .post()
                .uri("/webhooks/" + org + "/a")
                .header("X-Key", "s3cret")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}")
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    @Test
    void deliveries_of_meta_are_taken_whatever_the_limits() {
        for (int i = 0; i < 10; i++) {
            byte[] body = MetaDelivery.testButton();
            gateway(null)
                    .post()
                    .uri("/webhooks/meta")
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("X-Hub-Signature-256", MetaSignature.sha256(LocalStackInitializer.META_APP_SECRET, body))
                    .body(body)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    private RestTestClient.ResponseSpec call(OrgId owner, String path, String body) {
        return gateway(null)
                .post()
                .uri("/webhooks/" + owner + "/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .exchange();
    }

    private double refused() {
        return meters.counter("engine.trigger.webhook.refused", "reason", "rate_limited")
                .count();
    }

    private static Trigger webhook(String path) {
        return new Trigger(Trigger.WEBHOOK, Map.of("path", path), null);
    }
}
