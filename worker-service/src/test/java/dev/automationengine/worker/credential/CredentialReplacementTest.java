package dev.automationengine.worker.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = LocalStackInitializer.class)
@AutoConfigureRestTestClient
@DirtiesContext
class CredentialReplacementTest {
    private static final Map<String, String> CRM = Map.of("base_url", "https://crm.example/api");

    private final OrgId org = OrgId.random();

    @Autowired
    private RestTestClient anonymous;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private CredentialVault vault;

    @Autowired
    private JsonMapper json;

    @Test
    void a_secret_is_replaced_in_place_and_used_at_once() {
        String id = create("crm_http", CRM, Map.of("api_key", "first"));
        assertThat(secrets(id)).containsEntry("api_key", "first");

        JsonNode changed = put(id, "\"1\"", input("CRM", CRM, Map.of("api_key", "second"), null), 200);

        assertThat(changed.path("rev").asInt()).isEqualTo(2);
        assertThat(changed.toString()).doesNotContain("second");
        assertThat(secrets(id)).containsExactly(Map.entry("api_key", "second"));
    }

    @Test
    void who_read_an_older_revision_changes_nothing() {
        String id = create("crm_http", CRM, Map.of("api_key", "first"));
        put(id, "\"1\"", input("CRM", CRM, Map.of("api_key", "second"), null), 200);
        JsonNode late = put(id, "\"1\"", input("CRM", CRM, Map.of("api_key", "third"), null), 412);
        assertThat(late.path("type").asString()).endsWith("/precondition-failed");
        assertThat(secrets(id)).containsEntry("api_key", "second");
        put(id, "W/x", input("CRM", CRM, null, null), 400);
    }

    @Test
    void a_new_name_needs_no_secret_and_another_host_does() {
        String id = create("crm_http", CRM, Map.of("api_key", "first"));
        assertThat(put(id, null, input("Our CRM", CRM, null, null), 200)
                        .path("name")
                        .asString())
                .isEqualTo("Our CRM");
        assertThat(secrets(id)).containsEntry("api_key", "first");

        JsonNode problem = put(id, null, input("CRM", Map.of("base_url", "https://evil.example"), null, null), 400);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/secrets");
        assertThat(credential(id).attributes()).isEqualTo(CRM);
    }

    @Test
    void the_kind_stays() {
        String id = create("crm_http", CRM, Map.of("api_key", "first"));
        Map<String, Object> input = input("CRM", CRM, Map.of("api_key", "second"), null);
        input.put("kind", "whatsapp");
        assertThat(put(id, null, input, 400).at("/errors/0/pointer").asString()).isEqualTo("/kind");
    }

    @Test
    void the_secret_of_a_webhook_stays_good_for_a_while_beside_the_new_one() {
        String id = create("webhook_secret", Map.of(), Map.of("secret", "first"));
        JsonNode shown = put(id, null, input("Shop", Map.of(), Map.of("secret", "second"), "PT1H"), 200);

        Instant until = Instant.parse(shown.path("previous_valid_until").asString());
        assertThat(until)
                .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_600));
        Credential both = credential(id);
        assertThat(both.secrets()).containsEntry("secret", "second");
        assertThat(both.previous("secret", until.minusMillis(1))).hasValue("first");
        assertThat(both.previous("secret", until)).isEmpty();

        put(id, null, input("Shop", Map.of(), Map.of("secret", "third"), null), 200);
        assertThat(credential(id).previous("secret", Instant.now())).isEmpty();
    }

    @Test
    void an_overlap_is_for_webhooks_and_has_a_limit() {
        String crm = create("crm_http", CRM, Map.of("api_key", "first"));
        put(crm, null, input("CRM", CRM, Map.of("api_key", "second"), "PT1H"), 400);
        String webhook = create("webhook_secret", Map.of(), Map.of("secret", "first"));
        JsonNode problem = put(webhook, null, input("Shop", Map.of(), Map.of("secret", "x"), "P31D"), 400);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/overlap");
    }

    @Test
    void another_organization_replaces_nothing() {
        String id = create("crm_http", CRM, Map.of("api_key", "first"));
        client(OrgId.random())
                .put()
                .uri("/v1/credentials/" + id)
                .body(input("CRM", CRM, Map.of("api_key", "stolen"), null))
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(secrets(id)).containsEntry("api_key", "first");
    }

    private static Map<String, Object> input(
            String name,
            Map<String, String> attributes,
            @Nullable Map<String, String> secrets,
            @Nullable String overlap) {
        Map<String, Object> input = new HashMap<>(Map.of("name", name, "attributes", attributes));
        if (secrets != null) {
            input.put("secrets", secrets);
        }
        if (overlap != null) {
            input.put("overlap", overlap);
        }
        return input;
    }

    private String create(String kind, Map<String, String> attributes, Map<String, String> secrets) {
        Map<String, Object> input = input("CRM", attributes, secrets, null);
        input.put("kind", kind);
        return read(client(org)
                        .post()
                        .uri("/v1/credentials")
                        .body(input)
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectHeader()
                        .valueEquals("ETag", "\"1\""))
                .path("id")
                .asString();
    }

    private JsonNode put(String id, @Nullable String ifMatch, Object body, int status) {
        return read(client(org)
                .put()
                .uri("/v1/credentials/" + id)
                .headers(headers -> {
                    if (ifMatch != null) {
                        headers.set("If-Match", ifMatch);
                    }
                })
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status));
    }

    private JsonNode read(RestTestClient.ResponseSpec answer) {
        String body = answer.returnResult(String.class).getResponseBody();
        return json.readTree(body == null ? "{}" : body);
    }

    private Credential credential(String id) {
        return vault.find(org, new CredentialId(id)).orElseThrow();
    }

    private Map<String, String> secrets(String id) {
        return credential(id).secrets();
    }

    private RestTestClient client(OrgId caller) {
        String token = tokens.mint("key_1", caller, InternalTokens.SCOPE_API);
        return anonymous
                .mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }
}
