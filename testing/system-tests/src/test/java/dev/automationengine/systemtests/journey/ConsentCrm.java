package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A CRM that people connect by consent: a connector that came as a file, an app, and somebody who consents. */
record ConsentCrm(Fleet fleet, Tenant tenant) {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CONNECTOR = """
            id: journey-crm
            title: CRM by consent
            credential:
              kind: journey_crm
              title: CRM by consent
              attributes:
                - { name: base_url, title: Base URL, url: true }
              secrets: []
              oauth:
                authorization_url: "OAUTH/authorize"
                token_url: "OAUTH/token"
                scopes: [contacts.write, offline]
                client_auth: basic
                refresh_before: PT1S
            base_url: "{{ credential.attributes.base_url }}"
            actions:
              - name: JOURNEY_CRM_INSERT
                title: Insert a contact
                effect: keyed
                input:
                  - { name: field_mapping, type: object, required: true, description: "The contact" }
                auth: { bearer: access_token }
                request:
                  method: POST
                  path: /contacts
                  headers: { Idempotency-Key: "{{ job.id }}" }
                  body: "{{ input.field_mapping }}"
                response:
                  output: { id: "{{ body.id }}" }
            """;

    /** Puts the connector where operators put theirs, and makes the organization's app. */
    static ConsentCrm of(Fleet fleet, Tenant tenant) {
        ConsentCrm crm = new ConsentCrm(fleet, tenant);
        if (!tenant.get("/v1/connectors").text().contains("journey-crm")) {
            crm.bring();
        }
        tenant.credential(
                "oauth_app",
                Map.of("connector", "journey-crm", "client_id", DemoAccounts.OAUTH_CLIENT),
                Map.of("client_secret", DemoAccounts.OAUTH_SECRET));
        return crm;
    }

    private void bring() {
        try {
            Files.writeString(
                    fleet.connectors().resolve("journey-crm.yaml"),
                    CONNECTOR.replace("OAUTH", fleet.simulator("/oauth").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Nothing is restarted: services see the file by themselves.
        await().atMost(SOON)
                .until(() -> tenant.get("/v1/connectors/journey-crm").status() == 200);
        await().atMost(SOON).until(this::accepted);
    }

    /** Whether the dispatcher takes workflows with its action. */
    private boolean accepted() {
        return tenant.call(
                        "POST",
                        "/v1/workflows:validate",
                        Map.of("steps", List.of(Map.of("id", "a", "type", "ACTION", "action", "JOURNEY_CRM_INSERT"))))
                .text()
                .contains("field_mapping");
    }

    /** Says how long access tokens live from now on. */
    void lifetime(int seconds) {
        control(Map.of("redirect_uris", List.of(fleet.api("/oauth/callback").toString()), "lifetime_seconds", seconds));
    }

    /** All access tokens are over, whatever their time. */
    void endAccess() {
        control(Map.of("access_ended", true));
    }

    /** The person takes the consent back. */
    void revoke() {
        control(Map.of("revoked", true));
    }

    /** A new connection. */
    String connect() {
        return consent(
                Map.of("attributes", Map.of("base_url", fleet.simulator("/crm").toString())));
    }

    /** The same connection once more. */
    void reconnect(String connection) {
        assertThat(consent(Map.of("credential_id", connection))).isEqualTo(connection);
    }

    /** Asks for a consent, gives it, and comes back; the credential that the tokens are kept as. */
    private String consent(Map<String, Object> input) {
        Http.Answer begun = tenant.call("POST", "/v1/connections/journey-crm:authorize", input);
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        URI asked = URI.create(begun.body().required("authorization_url").asString());
        URI back = URI.create(opened(asked).headers().firstValue("Location").orElseThrow());
        assertThat(Http.send("GET", back, null, null).status()).isEqualTo(200);
        assertThat(Http.send("GET", back, null, null).status()).as("once").isEqualTo(410);
        return begun.body().required("credential_id").asString();
    }

    private static HttpResponse<Void> opened(URI page) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The steps of a workflow that makes a contact by a connection. */
    static String steps(String connection) {
        return """
                [{"id": "crm", "type": "ACTION", "action": "JOURNEY_CRM_INSERT", "credential_id": "%s",
                  "config": {"field_mapping": {"email": "{{ trigger.body.email }}"}}}]
                """.formatted(connection);
    }

    /** What the API tells of a connection. */
    JsonNode connection(String id) {
        return tenant.get("/v1/connections/" + id).body();
    }

    /** How many refreshes the third party granted. */
    int refreshes() {
        return grants().required("refreshes").asInt();
    }

    /** How often a refresh token was used once more. */
    int reuses() {
        return grants().required("reuses").asInt();
    }

    /** The scan after all system tests looks for the tokens. */
    void plantTokens() {
        JsonNode tokens = grants().required("tokens");
        assertThat(tokens).isNotEmpty();
        tokens.forEach(token -> fleet.planted().plant(token.asString()));
    }

    private void control(Map<String, Object> input) {
        Http.Answer answer = Http.send("PUT", fleet.simulator("/control/oauth"), null, input);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    }

    private JsonNode grants() {
        return Http.send("GET", fleet.simulator("/control/oauth"), null, null).body();
    }
}
