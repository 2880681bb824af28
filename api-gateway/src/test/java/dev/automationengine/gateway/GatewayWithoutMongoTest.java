package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.LocalStackInitializer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Leads must come in while MongoDB is away. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.mongodb.uri=mongodb://127.0.0.1:1/none")
@ContextConfiguration(initializers = LocalStackInitializer.class)
class GatewayWithoutMongoTest {
    private static final StubUpstream TRIGGER = new StubUpstream();
    private static final String SOME_KEY = "ae_00000000000000000000000000_0000000000000000000000000000000000000000000";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("engine.routes.trigger", TRIGGER::url);
    }

    @AfterAll
    static void stop() {
        TRIGGER.close();
    }

    @Test
    void a_webhook_passes() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/webhooks/meta").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TRIGGER.next()).isNotNull();
    }

    @Test
    void a_key_that_cannot_be_checked_gets_503_and_not_401() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/v1/workflows")
                        .header("Authorization", "Bearer " + SOME_KEY)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).contains("https://automation-engine.dev/problems/unavailable");
    }

    @Test
    void it_stays_in_service() throws Exception {
        assertThat(client.send(request("/readyz").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }
}
