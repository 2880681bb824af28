package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.workflow.Trigger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Webhooks that ask who calls. */
class WebhookSecurityTest extends TriggerScene {
    private static final byte[] KEY = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);
    private static final String BODY = "{\"paid\":true}";

    @Test
    void a_call_without_the_secret_leaves_no_trace_and_one_with_it_is_an_event_that_does_not_tell_it() {
        publish(webhook("shop", Map.of("kind", "secret", "header", "X-Shop-Key"), webhookSecret("s3cret")));
        double before = refused("mismatch") + refused("missing");

        call("shop", Map.of("X-Shop-Key", "guessed"))
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://automation-engine.dev/problems/invalid-signature");
        call("shop", Map.of()).expectStatus().isUnauthorized();
        call("shop", Map.of("X-Shop-Key", "s3cret")).expectStatus().isAccepted();

        assertThat(onlyEvent().getString("data")).contains("paid").doesNotContain("s3cret");
        assertThat(refused("mismatch") + refused("missing") - before).isEqualTo(2);
    }

    @Test
    void a_secret_that_was_replaced_is_good_until_its_time_is_over() {
        CredentialId secret = webhookSecret("first");
        publish(webhook("rotated", Map.of("kind", "secret", "header", "X-Key"), secret));
        replaceSecret(secret, "second", Duration.ofSeconds(3));

        call("rotated", Map.of("X-Key", "first")).expectStatus().isAccepted();
        call("rotated", Map.of("X-Key", "second")).expectStatus().isAccepted();
        assertThat(meters.counter("engine.trigger.webhook.previous.secret").count())
                .isEqualTo(1);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        call("rotated", Map.of("X-Key", "first")).expectStatus().isUnauthorized());
        call("rotated", Map.of("X-Key", "second")).expectStatus().isAccepted();
    }

    @Test
    void a_secret_that_another_process_replaces_is_known_within_two_seconds() {
        CredentialId secret = webhookSecret("first");
        publish(webhook("elsewhere", Map.of("kind", "secret", "header", "X-Key"), secret));
        call("elsewhere", Map.of("X-Key", "first")).expectStatus().isAccepted();

        deleteElsewhere(secret);

        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> call("elsewhere", Map.of("X-Key", "first"))
                        .expectStatus()
                        .isEqualTo(503));
    }

    @Test
    void a_call_of_standard_webhooks_is_taken_once_and_refused_when_it_is_old() {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(KEY);
        publish(webhook("std", Map.of("kind", "standard_webhooks"), webhookSecret(secret)));

        call("std", standard("msg_1", Instant.now().minusSeconds(301)))
                .expectStatus()
                .isUnauthorized();
        Map<String, String> signed = standard("msg_2", Instant.now());
        call("std", signed).expectStatus().isAccepted();
        call("std", signed).expectStatus().isAccepted();

        assertThat(onlyEvent().getString("subject")).isEqualTo("msg_2");
    }

    @Test
    void a_workflow_that_asks_for_nothing_opens_no_path_of_one_that_does() {
        publish(webhook("both", Map.of("kind", "secret", "header", "X-Key"), webhookSecret("s3cret")));
        publish(new Trigger(Trigger.WEBHOOK, Map.of("path", "both"), null));

        call("both", Map.of()).expectStatus().isUnauthorized();
        call("both", Map.of("X-Key", "s3cret")).expectStatus().isAccepted();
    }

    @Test
    void a_webhook_whose_secret_nobody_can_read_lets_nobody_in_and_tells_the_sender_to_keep_it() {
        Map<String, Object> security = Map.of("kind", "secret", "header", "X-Key");
        publish(webhook("gone", security, CredentialId.random()));
        publish(webhook("without", security, null));
        publish(webhook("unreadable", Map.of("kind", "of_a_newer_version"), webhookSecret("s")));
        publish(webhook("not-base64", Map.of("kind", "standard_webhooks"), webhookSecret("whsec_???")));

        for (String path : new String[] {"gone", "without", "unreadable"}) {
            call(path, Map.of("X-Key", ""))
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After");
        }
        call("not-base64", standard("msg_3", Instant.now())).expectStatus().isEqualTo(503);
        assertThat(refused("misconfigured")).isGreaterThanOrEqualTo(4);
        assertThat(events()).isEmpty();
    }

    private RestTestClient.ResponseSpec call(String path, Map<String, String> headers) {
        return gateway(null)
                .post()
                .uri("/webhooks/" + org + "/" + path)
                .headers(all -> headers.forEach(all::set))
                .contentType(MediaType.APPLICATION_JSON)
                .body(BODY)
                .exchange();
    }

    private static Trigger webhook(String path, Map<String, Object> security, @Nullable CredentialId credential) {
        return new Trigger(Trigger.WEBHOOK, Map.of("path", path, "security", security), credential);
    }

    private static Map<String, String> standard(String id, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] signature =
                    mac.doFinal((id + "." + at.getEpochSecond() + "." + BODY).getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "webhook-id", id,
                    "webhook-timestamp", "" + at.getEpochSecond(),
                    "webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private double refused(String reason) {
        return meters.counter("engine.trigger.webhook.refused", "reason", reason)
                .count();
    }
}
