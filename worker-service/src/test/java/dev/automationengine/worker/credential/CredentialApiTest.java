package dev.automationengine.worker.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
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
class CredentialApiTest {
    private static final String SECRET = "s3cr3t-api-key";

    private final OrgId org = OrgId.random();

    @Autowired
    private RestTestClient anonymous;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private JsonMapper json;

    @Test
    void a_stored_credential_is_shown_without_its_secrets() {
        JsonNode created = post(crm(), 201);
        assertThat(created.path("id").asString()).startsWith("cred_");
        assertThat(created.path("attributes").path("base_url").asString()).isEqualTo("https://crm.example/api");
        assertThat(created.has("secrets")).isFalse();

        JsonNode shown = get(org, "/v1/credentials/" + created.path("id").asString(), 200);
        assertThat(shown).isEqualTo(created);
        assertThat(shown.toString()).doesNotContain(SECRET);
    }

    @Test
    void the_key_of_a_service_account_is_stored_where_a_person_could_also_consent() {
        post(Map.of("kind", "google_sheets", "name", "Sheets", "secrets", Map.of("service_account_key", SECRET)), 201);
        post(Map.of("kind", "google_sheets", "name", "Sheets", "secrets", Map.of("access_token", SECRET)), 400);
    }

    @Test
    void a_list_comes_in_pages() {
        for (int i = 0; i < 3; i++) {
            post(crm(), 201);
        }
        JsonNode first = get(org, "/v1/credentials?limit=2", 200);
        assertThat(first.path("items")).hasSize(2);
        JsonNode second = get(
                org,
                "/v1/credentials?limit=2&cursor=" + first.path("next_cursor").asString(),
                200);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next_cursor").asString("")).isEmpty();
    }

    @Test
    void another_organization_neither_sees_nor_deletes_it() {
        String path = "/v1/credentials/" + post(crm(), 201).path("id").asString();
        OrgId stranger = OrgId.random();
        get(stranger, path, 404);
        delete(stranger, path, 404);
        assertThat(get(stranger, "/v1/credentials", 200).path("items")).isEmpty();
        delete(org, path, 204);
        get(org, path, 404);
    }

    @Test
    void everything_that_is_wrong_is_told_with_a_pointer_and_without_the_secret() {
        JsonNode problem = post(
                Map.of(
                        "kind",
                        "crm_http",
                        "name",
                        "CRM",
                        "attributes",
                        Map.of("base_url", "ftp://crm.example", "colour", "red"),
                        "secrets",
                        Map.of("key", SECRET)),
                400);
        assertThat(problem.path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/attributes/base_url", "/attributes", "/secrets/api_key", "/secrets");
        assertThat(problem.toString()).doesNotContain(SECRET);
    }

    @Test
    void an_unknown_kind_is_refused_with_the_known_ones() {
        JsonNode problem = post(Map.of("kind", "fax", "name", "Fax"), 400);
        assertThat(problem.path("errors").get(0).path("detail").asString())
                .contains("crm_http", "whatsapp", "meta_page", "http_header");
    }

    @Test
    void nobody_gets_in_without_a_token() {
        anonymous.get().uri("/v1/credentials").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void the_connectors_tell_what_their_forms_need() {
        JsonNode connectors = get(org, "/v1/connectors", 200).path("items");
        assertThat(connectors.findValuesAsString("effect")).contains("keyed", "unsafe");
        assertThat(connectors.findValuesAsString("kind")).contains("crm_http", "whatsapp", "meta_page", "http_header");
    }

    @Test
    void the_vault_is_part_of_readiness() {
        JsonNode readiness = read(anonymous
                .get()
                .uri("/readyz")
                .exchange()
                .returnResult(String.class)
                .getResponseBody());
        assertThat(readiness.path("components").path("vault").path("status").asString())
                .isEqualTo("UP");
    }

    private static Map<String, Object> crm() {
        return Map.of(
                "kind",
                "crm_http",
                "name",
                "CRM",
                "attributes",
                Map.of("base_url", "https://crm.example/api"),
                "secrets",
                Map.of("api_key", SECRET));
    }

    private JsonNode post(Object body, int status) {
        return read(client(org)
                .post()
                .uri("/v1/credentials")
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .returnResult(String.class)
                .getResponseBody());
    }

    private JsonNode get(OrgId caller, String path, int status) {
        return read(client(caller)
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .returnResult(String.class)
                .getResponseBody());
    }

    private void delete(OrgId caller, String path, int status) {
        client(caller).delete().uri(path).exchange().expectStatus().isEqualTo(status);
    }

    private JsonNode read(@Nullable String body) {
        return json.readTree(body == null ? "{}" : body);
    }

    private RestTestClient client(OrgId caller) {
        String token = tokens.mint("key_1", caller, InternalTokens.SCOPE_API);
        return anonymous
                .mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }
}
