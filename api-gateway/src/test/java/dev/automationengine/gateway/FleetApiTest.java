package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** What the gateway tells of the whole fleet, and what it lets through while it is still being said. */
@TestPropertySource(properties = "engine.openapi.refresh=0s")
class FleetApiTest extends GatewayScene {
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void away() {
        TRIGGER.answer(exchange -> exchange.sendResponseHeaders(503, -1));
        DISPATCHER.answer(exchange -> exchange.sendResponseHeaders(503, -1));
    }

    @Test
    void one_document_tells_of_the_gateway_and_of_services_even_while_they_are_away() throws Exception {
        LOGGING.answer(exchange -> {
            byte[] document = "{\"paths\": {\"/v1/executions\": {\"get\": {\"operationId\": \"list\"}}}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
        });
        JsonNode document = json.readTree(get("/v1/openapi.json"));
        assertThat(document.at("/openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.at("/paths").propertyNames()).contains("/v1/executions", "/v1/api-keys/{id}");
        assertThat(document.at("/x-missing-services").valueStream().map(JsonNode::asString))
                .containsExactly("dispatcher", "polling", "scheduler", "trigger", "worker");
        assertThat(document.at("/components/schemas").toString())
                .contains("created_at")
                .doesNotContain("createdAt");

        LOGGING.answer(exchange -> exchange.sendResponseHeaders(500, -1));
        assertThat(json.readTree(get("/v1/openapi.json"))).isEqualTo(document);
        assertThat(json.valueToTree(new Yaml().load(get("/v1/openapi.yaml"))).equals(document))
                .isTrue();
    }

    @Test
    void server_sent_events_pass_as_they_come() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        LOGGING.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("id: 1\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            // The second is said only when the caller has the first.
            if (await(firstSeen)) {
                exchange.getResponseBody().write("id: 2\n\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        HttpResponse<Stream<String>> answer = client.send(
                authorized("/v1/executions/exec_1/events", newTenant("Acme").key())
                        .header("Last-Event-ID", "1")
                        .build(),
                BodyHandlers.ofLines());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (Stream<String> lines = answer.body()) {
            assertThat(lines.filter(line -> !line.isEmpty()).peek(line -> firstSeen.countDown()))
                    .containsExactly("id: 1", "id: 2");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String get(String path) throws Exception {
        HttpResponse<String> answer = send(request(path).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
