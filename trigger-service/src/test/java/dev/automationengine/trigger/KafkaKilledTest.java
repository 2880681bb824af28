package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.infrastructure.KafkaBroker;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaSignature;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

/** MongoDB and Redis are away all the time and nobody who sends a webhook notices; Kafka is what they depend on. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.mongodb.uri=mongodb://127.0.0.1:1/none", "engine.redis.addresses=redis://127.0.0.1:1"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@DirtiesContext
class KafkaKilledTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PORT = Ports.free();
    private static final int CONTROLLER_PORT = Ports.free();

    @TempDir
    private static Path data;

    private static @Nullable KafkaBroker kafka;

    private final AtomicLong lead = new AtomicLong();

    @Autowired
    private RestTestClient http;

    @Autowired
    private InternalTokens tokens;

    @DynamicPropertySource
    static void ownKafka(DynamicPropertyRegistry registry) {
        start();
        registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:" + PORT);
    }

    static void start() {
        kafka = KafkaBroker.start(data, PORT, CONTROLLER_PORT);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void webhooks_get_503_with_retry_after_while_kafka_is_away_and_only_then() {
        await().atMost(SOON).until(() -> status() == 200);

        stop();
        EntityExchangeResult<byte[]> refused = deliver();
        assertThat(refused.getStatus().value()).isEqualTo(503);
        assertThat(refused.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .satisfies(seconds ->
                        assertThat(Integer.parseInt(String.valueOf(seconds))).isPositive());

        start();
        await().atMost(SOON).until(() -> status() == 200);
    }

    private int status() {
        return deliver().getStatus().value();
    }

    private EntityExchangeResult<byte[]> deliver() {
        byte[] body = MetaDelivery.of(Lead.of(Long.toString(lead.incrementAndGet()), "2", "3", Instant.EPOCH));
        return http.post()
                .uri("/webhooks/meta")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.mint("meta", null, InternalTokens.SCOPE_WEBHOOK))
                .header("X-Hub-Signature-256", MetaSignature.sha256(LocalStackInitializer.META_APP_SECRET, body))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectBody()
                .returnResult();
    }
}
