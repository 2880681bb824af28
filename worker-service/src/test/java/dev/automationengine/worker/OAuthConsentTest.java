package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.connectors.vault.AuthorizationStore;
import dev.automationengine.connectors.vault.ConnectionSummary;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

/** People connect a third party: from the URL that they are sent to until an action uses the token. */
class OAuthConsentTest extends OAuthScene {
    @Test
    void who_consents_has_a_connection_that_actions_use() {
        CredentialId id = connect(null);
        ConnectionSummary shown = shown(id);
        assertThat(shown.state()).isEqualTo(ConnectionSummary.State.ACTIVE);
        assertThat(shown.connectedBy()).isEqualTo("user_1");
        act(id);
        awaitContact();
        assertThat(SIMULATOR.oauth().refreshes()).isZero();
    }

    @Test
    void tokens_and_verifiers_are_nowhere_in_the_clear() {
        JsonNode begun = begin(null, 200);
        String pending =
                mongo.findAll(Document.class, AuthorizationStore.COLLECTION).toString();
        String query = consent(begun);
        back(query, 200);
        CredentialId id = new CredentialId(begun.path("credential_id").asString());
        ConnectionTokens tokens =
                ConnectionTokens.of(vault.find(org, id).orElseThrow()).orElseThrow();
        assertThat(pending).doesNotContain("crm.example").doesNotContain("verifier");
        assertThat(mongo.findAll(Document.class, "credentials").toString())
                .doesNotContain(tokens.accessToken())
                .doesNotContain(String.valueOf(tokens.refreshToken()));
        assertThat(tokens.toString() + begun + shown(id))
                .doesNotContain(tokens.accessToken())
                .doesNotContain(String.valueOf(tokens.refreshToken()));
    }

    @Test
    void a_state_is_good_once() {
        String query = consent(begin(null, 200));
        back(query, 200);
        back(query, 410);
        assertThat(SIMULATOR.oauth().reuses()).isZero();
    }

    @Test
    void a_state_that_nobody_gave_out_is_refused_before_the_third_party_is_asked() {
        back("code=x&state=" + org + ".cred_123", 410);
        back("code=x&state=../../etc", 410);
        back("code=x", 400);
        back("code=x&state=" + "x".repeat(5000), 400);
        assertThat(SIMULATOR.oauth().reuses()).isZero();
    }

    @Test
    void a_state_whose_time_is_over_is_refused() {
        String query = consent(begin(null, 200));
        mongo.updateMulti(
                query(where("org_id").is(org.value())),
                Update.update("expire_at", Date.from(Instant.EPOCH)),
                AuthorizationStore.COLLECTION);
        back(query, 410);
    }

    @Test
    void a_code_of_another_consent_gives_nothing_because_its_verifier_is_another() {
        String code = consent(begin(null, 200)).replaceAll("&?state=[^&]*", "");
        JsonNode begun = begin(null, 200);
        String state = consent(begun).replaceAll("&?code=[^&]*", "");
        assertThat(back(code + state, 409).toString()).doesNotContain("code-");
        assertThat(connections.find(
                        org, new CredentialId(begun.path("credential_id").asString())))
                .isEmpty();
    }

    @Test
    void who_declines_is_told_so_and_the_state_is_used_up() {
        String state = consent(begin(null, 200)).replaceAll("&?code=[^&]*", "");
        String repeated = "<script>";
        assertThat(back(state.replaceFirst("^&", "") + "&error=access_denied%3Cscript%3E", 409)
                        .toString())
                .doesNotContain(repeated);
        back(state.replaceFirst("^&", "") + "&code=late", 410);
    }

    @Test
    void a_connection_of_another_organization_can_neither_be_seen_nor_connected_anew() {
        CredentialId victims = connect(null);
        org = OrgId.random();
        app();
        begin(victims, 404);
        rest.get()
                .uri("/v1/connections/" + victims)
                .headers(headers -> headers.setBearerAuth(tokens.mint("user_2", org, InternalTokens.SCOPE_API)))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void tokens_are_not_typed_in() {
        rest.post()
                .uri("/v1/credentials")
                .headers(headers -> headers.setBearerAuth(tokens.mint("user_1", org, InternalTokens.SCOPE_API)))
                .body(Map.of(
                        "kind",
                        "crm_oauth",
                        "name",
                        "CRM",
                        "attributes",
                        Map.of("base_url", "https://crm.example"),
                        "secrets",
                        Map.of("access_token", "stolen")))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }
}
