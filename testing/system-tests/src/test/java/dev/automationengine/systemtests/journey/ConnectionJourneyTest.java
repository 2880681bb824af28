package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A CRM that a person connects by consent, through the whole fleet: used while its tokens end, broken, and mended. */
@ExtendWith(FleetExtension.class)
class ConnectionJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int REFRESHES = 3;
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

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    ConnectionJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Connected");
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @Test
    void tokens_end_while_jobs_run_the_grant_is_revoked_and_a_person_connects_anew() throws Exception {
        brought();
        control(Map.of("redirect_uris", List.of(fleet.api("/oauth/callback").toString()), "lifetime_seconds", 3));
        tenant.credential(
                "oauth_app",
                Map.of("connector", "journey-crm", "client_id", DemoAccounts.OAUTH_CLIENT),
                Map.of("client_secret", DemoAccounts.OAUTH_SECRET));
        String connection = connect(
                Map.of("attributes", Map.of("base_url", fleet.simulator("/crm").toString())));
        String workflow = workflows.create("consented", """
                [{"id": "crm", "type": "ACTION", "action": "JOURNEY_CRM_INSERT", "credential_id": "%s",
                  "config": {"field_mapping": {"email": "{{ trigger.body.email }}"}}}]
                """.formatted(connection));

        int calls = calledWhileTokensEnd();
        awaitCompleted(workflow, calls);
        assertThat(grants("reuses")).as("a refresh token is used once").isZero();

        plantTokens();
        control(Map.of("revoked", true));
        workflows.call("consented", Map.of("email", "waits@example.com"));
        await().atMost(SOON)
                .until(() -> tenant.get("/v1/connections/" + connection)
                        .body()
                        .path("state")
                        .asString()
                        .equals("broken"));
        fleet.engine("kill", "worker-service");
        fleet.engine("restart", "worker-service");
        assertThat(tenant.deadLetters()).isEmpty();
        assertThat(completed(workflow)).isEqualTo(calls);

        assertThat(connect(Map.of("credential_id", connection))).isEqualTo(connection);
        awaitCompleted(workflow, calls + 1);
        plantTokens();
        assertThat(tenant.get("/v1/connections/" + connection)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("active");
    }

    @Test
    void a_state_that_was_not_given_out_or_was_used_gets_nothing() {
        Http.Answer forged = Http.send("GET", fleet.api("/oauth/callback?code=x&state=forged"), null, null);

        assertThat(forged.status()).as(forged.text()).isEqualTo(410);
        assertThat(forged.text()).doesNotContain("forged");
    }

    /** The connector comes as a file, as operators bring one. */
    private void brought() throws IOException {
        Files.writeString(
                fleet.connectors().resolve("journey-crm.yaml"),
                CONNECTOR.replace("OAUTH", fleet.simulator("/oauth").toString()));
        fleet.engine("restart", "dispatcher-service");
        fleet.engine("restart", "worker-service");
    }

    /** Asks for a consent, gives it, and comes back; the credential that the tokens are kept as. */
    private String connect(Map<String, Object> input) throws IOException, InterruptedException {
        Http.Answer begun = tenant.call("POST", "/v1/connections/journey-crm:authorize", input);
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            URI asked = URI.create(begun.body().required("authorization_url").asString());
            HttpResponse<Void> consented =
                    browser.send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.discarding());
            URI back = URI.create(consented.headers().firstValue("Location").orElseThrow());
            assertThat(Http.send("GET", back, null, null).status()).isEqualTo(200);
            assertThat(Http.send("GET", back, null, null).status()).as("once").isEqualTo(410);
        }
        return begun.body().required("credential_id").asString();
    }

    /** Calls until the tokens have been refreshed some times; tells how often it called. */
    private int calledWhileTokensEnd() {
        AtomicInteger calls = new AtomicInteger();
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            workflows.call("consented", Map.of("email", "lead" + calls.incrementAndGet() + "@example.com"));
            return grants("refreshes") >= REFRESHES;
        });
        return calls.get();
    }

    private void awaitCompleted(String workflow, int executions) {
        await().atMost(Duration.ofSeconds(90)).until(() -> completed(workflow) == executions);
    }

    private long completed(String workflow) {
        return tenant.get("/v1/executions?limit=200&status=completed&workflow_id=" + workflow)
                .body()
                .required("items")
                .size();
    }

    private void control(Map<String, Object> input) {
        Http.Answer answer = Http.send("PUT", fleet.simulator("/control/oauth"), null, input);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    }

    private int grants(String member) {
        return grants().required(member).asInt();
    }

    /** The scan after all system tests looks for them. */
    private void plantTokens() {
        JsonNode tokens = grants().required("tokens");
        assertThat(tokens).isNotEmpty();
        tokens.forEach(token -> fleet.planted().plant(token.asString()));
    }

    private JsonNode grants() {
        return Http.send("GET", fleet.simulator("/control/oauth"), null, null).body();
    }
}
