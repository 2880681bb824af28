package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaSignature;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What is not durable is not acknowledged. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.kafka.bootstrap-servers=127.0.0.1:1", "engine.topics.publish-timeout=1s"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@DirtiesContext
class KafkaAwayTest {
    @Autowired
    private RestTestClient http;

    @Autowired
    private InternalTokens tokens;

    @Test
    void a_delivery_is_refused_with_503_so_that_meta_sends_it_again() {
        byte[] body = MetaDelivery.of(Lead.of("1", "2", "3", Instant.EPOCH));
        http.post()
                .uri("/webhooks/meta")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.mint("meta", null, InternalTokens.SCOPE_WEBHOOK))
                .header("X-Hub-Signature-256", MetaSignature.sha256(LocalStackInitializer.META_APP_SECRET, body))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .value(
                        HttpHeaders.RETRY_AFTER,
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive())
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("https://automation-engine.dev/problems/unavailable");
    }
}
