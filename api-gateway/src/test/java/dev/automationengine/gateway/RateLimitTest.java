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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Callers that ask too much, as they see it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.rate-limits.per-key=2", "engine.rate-limits.window=1h"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
class RateLimitTest {
    private static final StubUpstream SERVICE = new StubUpstream();

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("engine.routes.dispatcher", SERVICE::url);
        registry.add("engine.routes.trigger", SERVICE::url);
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void each_answer_tells_what_remains_and_one_too_many_gets_429_and_reaches_nobody() throws Exception {
        String key = newKey();
        HttpResponse<String> first = ask("/v1/workflows", key);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Policy"))
                .contains("\"key\";q=2;w=3600, \"organization\";q=6000;w=3600");
        assertThat(first.headers().firstValue("RateLimit"))
                .hasValueSatisfying(limit -> assertThat(limit).startsWith("\"key\";r=1;t="));
        assertThat(ask("/v1/workflows", key).statusCode()).isEqualTo(200);
        SERVICE.reset();

        HttpResponse<String> refused = ask("/v1/workflows", key);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json.readTree(refused.body()).at("/type").asString()).endsWith("/rate-limited");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 3600L);
        assertThat(SERVICE.next()).isNull();
        assertThat(ask("/v1/workflows", newKey()).statusCode()).isEqualTo(200);
    }

    @Test
    void webhooks_are_not_limited() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = ask("/webhooks/meta", "anything");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        }
    }

    private HttpResponse<String> ask(String path, String key) throws Exception {
        return client.send(request(path, key).build(), BodyHandlers.ofString());
    }

    private String newKey() throws Exception {
        HttpRequest create = request("/v1/organizations", LocalStackInitializer.BOOTSTRAP_TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"Acme\"}"))
                .build();
        return json.readTree(client.send(create, BodyHandlers.ofString()).body())
                .at("/api_key/key")
                .asString();
    }

    private HttpRequest.Builder request(String path, String bearer) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + bearer);
    }
}
