package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.vault.ConnectionList;
import dev.automationengine.connectors.vault.ConnectionSummary;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.model.id.CredentialId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** A worker, and a CRM that people connect by consent. */
@AutoConfigureRestTestClient
@TestPropertySource(
        properties = {
            "engine.oauth.broken-hold=1s",
            "engine.oauth.sweep-every=200ms",
            "engine.oauth.revocation-pause=100ms"
        })
abstract class OAuthScene extends WorkerScene {
    static final String CALLBACK = LocalStackInitializer.PUBLIC_URL + "/oauth/callback";

    @Autowired
    RestTestClient rest;

    @Autowired
    InternalTokens tokens;

    @Autowired
    ConnectionList connections;

    @Autowired
    CredentialVault vault;

    @DynamicPropertySource
    static void connectedByConsent(DynamicPropertyRegistry properties) {
        properties.add(
                "engine.connectors.directory",
                () -> Path.of("src/test/resources/connectors").toAbsolutePath().toString());
        properties.add("engine.oauth.public-url", () -> LocalStackInitializer.PUBLIC_URL);
        properties.add(
                "engine.worker.connector-settings.[oauth_url]",
                () -> SIMULATOR.oauthUrl().toString());
    }

    @BeforeEach
    void app() {
        SIMULATOR.oauth().redirectUri(CALLBACK);
        credentials.create(
                org,
                "oauth_app",
                "App",
                Map.of("connector", "crm-oauth", "client_id", DemoAccounts.OAUTH_CLIENT),
                Map.of("client_secret", DemoAccounts.OAUTH_SECRET));
    }

    /** Connects, or connects anew. */
    CredentialId connect(@Nullable CredentialId again) {
        JsonNode begun = begin(again, 200);
        back(consent(begun), 200);
        return new CredentialId(begun.path("credential_id").asString());
    }

    JsonNode begin(@Nullable CredentialId again, int status) {
        Map<String, Object> input = again == null
                ? Map.of("attributes", Map.of("base_url", SIMULATOR.crmUrl().toString()))
                : Map.of("credential_id", again.value());
        return json.readTree(rest.post()
                .uri("/v1/connections/crm-oauth:authorize")
                .headers(headers -> headers.setBearerAuth(tokens.mint("user_1", org, InternalTokens.SCOPE_API)))
                .body(input)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .returnResult(String.class)
                .getResponseBody());
    }

    /** Sends the person there; returns the query that they come back with. */
    String consent(JsonNode begun) {
        URI url = URI.create(begun.path("authorization_url").asString());
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<Void> answer =
                    browser.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(302);
            return URI.create(answer.headers().firstValue("Location").orElseThrow())
                    .getRawQuery();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode back(String query, int status) {
        String text = rest.get()
                .uri(URI.create("/oauth/callback?" + query))
                .headers(headers -> headers.setBearerAuth(tokens.mint("webhooks", null, "webhook")))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .returnResult(String.class)
                .getResponseBody();
        return status == 200 ? json.createObjectNode() : json.readTree(text);
    }

    /** One more job of the connection. */
    void act(CredentialId with) {
        job = job();
        storeExecution("CRM_OAUTH_INSERT", Map.of("field_mapping", CONTACT));
        setWork("credential_id", with.value());
        enqueue(false, "CRM_OAUTH_INSERT:" + with.value());
    }

    void awaitContact() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            promote();
            return contacts().size() == 1;
        });
    }

    /** What the scheduler does for jobs that wait. */
    void promote() {
        queue.promote(100);
    }

    ConnectionSummary shown(CredentialId id) {
        return connections.find(org, id).orElseThrow();
    }
}
