package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.vault.ConnectionSummary;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Fault;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.CredentialId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** People connect HubSpot, Salesforce, Zoho, Pipedrive and Slack by consent, each in its vendor's dialect of OAuth. */
class CrmConsentTest extends OAuthScene {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @DynamicPropertySource
    static void vendors(DynamicPropertyRegistry properties) {
        Map.of(
                        "hubspot_url", Vendor.HUBSPOT,
                        "hubspot_login_url", Vendor.HUBSPOT,
                        "salesforce_login_url", Vendor.SALESFORCE,
                        "zoho_accounts_url", Vendor.ZOHO,
                        "slack_url", Vendor.SLACK,
                        "slack_login_url", Vendor.SLACK,
                        "pipedrive_login_url", Vendor.PIPEDRIVE)
                .forEach((setting, vendor) -> properties.add(
                        "engine.worker.connector-settings.[" + setting + "]",
                        () -> SIMULATOR.url(vendor).toString()));
    }

    /** A vendor, and a step that writes to it. */
    enum Account {
        HUBSPOT(
                Vendor.HUBSPOT,
                "CRM_INSERT",
                Map.of("provider", "hubspot", "field_mapping", Map.of("email", "joe@example.com"))),
        SALESFORCE(
                Vendor.SALESFORCE,
                "CRM_INSERT",
                Map.of(
                        "provider", "salesforce",
                        "object", "Lead",
                        "external_id_field", "Meta_Lead_Id__c",
                        "external_id", "233",
                        "field_mapping", Map.of("LastName", "Example", "Company", "Unknown"))),
        ZOHO(
                Vendor.ZOHO,
                "CRM_INSERT",
                Map.of(
                        "provider",
                        "zoho",
                        "module",
                        "Leads",
                        "duplicate_check_fields",
                        List.of("Email"),
                        "field_mapping",
                        Map.of("Last_Name", "Example", "Email", "joe@example.com"))),
        PIPEDRIVE(
                Vendor.PIPEDRIVE,
                "CRM_INSERT",
                Map.of("provider", "pipedrive", "field_mapping", Map.of("name", "Joe", "email", "joe@example.com"))),
        SLACK(Vendor.SLACK, "SLACK_POST_MESSAGE", Map.of("channel", "C1H9RESGL", "text", "New lead: Joe"));

        private final Vendor vendor;
        private final String action;
        private final Map<String, Object> input;

        Account(Vendor vendor, String action, Map<String, Object> input) {
            this.vendor = vendor;
            this.action = action;
            this.input = input;
        }
    }

    private CredentialId connected(Account account) {
        credentials.create(
                org,
                "oauth_app",
                account.vendor.label(),
                Map.of("connector", account.vendor.label(), "client_id", DemoAccounts.OAUTH_CLIENT),
                Map.of("client_secret", DemoAccounts.OAUTH_SECRET));
        JsonNode begun = json.readTree(rest.post()
                .uri("/v1/connections/" + account.vendor.label() + ":authorize")
                .headers(headers -> headers.setBearerAuth(tokens.mint("user_1", org, InternalTokens.SCOPE_API)))
                .body(Map.of())
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody());
        back(consent(begun), 200);
        return new CredentialId(begun.path("credential_id").asString());
    }

    private void perform(Account account, CredentialId with, int effects) {
        job = job();
        storeExecution(account.action, account.input);
        setWork("credential_id", with.value());
        enqueue(false, account.action + ":" + with.value());
        Awaitility.await().atMost(PATIENCE).until(() -> {
            promote();
            return SIMULATOR.requests().count(account.vendor) > 0
                    && SIMULATOR.effects().kept(account.vendor).size() >= effects;
        });
    }

    private Credential stored(CredentialId id) {
        return vault.find(org, id).orElseThrow();
    }

    private ConnectionTokens held(CredentialId id) {
        return ConnectionTokens.of(stored(id)).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void who_consents_has_a_connection_that_steps_use(Account account) {
        CredentialId id = connected(account);

        assertThat(shown(id).state()).isEqualTo(ConnectionSummary.State.ACTIVE);
        perform(account, id, 1);
        assertThat(SIMULATOR.oauth().refreshes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_the_vendor_has_ended_is_replaced_and_the_step_done(Account account) {
        CredentialId id = connected(account);
        String before = held(id).accessToken();
        SIMULATOR.oauth().endAccess();

        perform(account, id, 1);

        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(1);
        assertThat(held(id).accessToken()).isNotEqualTo(before);
        assertThat(held(id).refreshToken()).isNotNull();
        assertThat(shown(id).state()).isEqualTo(ConnectionSummary.State.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void a_consent_that_was_taken_back_breaks_the_connection(Account account) {
        CredentialId id = connected(account);
        SIMULATOR.oauth().revokeAll();

        job = job();
        storeExecution(account.action, account.input);
        setWork("credential_id", id.value());
        enqueue(false, account.action + ":" + id.value());

        Awaitility.await().atMost(PATIENCE).until(() -> shown(id).state() == ConnectionSummary.State.BROKEN);
        assertThat(SIMULATOR.effects().kept(account.vendor)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HUBSPOT")
    void a_deleted_connection_is_taken_back_at_the_vendor(Account account) {
        CredentialId id = connected(account);

        rest.delete()
                .uri("/v1/credentials/" + id)
                .headers(headers -> headers.setBearerAuth(tokens.mint("user_1", org, InternalTokens.SCOPE_API)))
                .exchange()
                .expectStatus()
                .isNoContent();

        Awaitility.await().atMost(PATIENCE).until(() -> SIMULATOR.oauth().revocations() == 1);
    }

    @Test
    void salesforce_tells_where_calls_go_and_not_how_long_the_token_lives() {
        CredentialId id = connected(Account.SALESFORCE);

        assertThat(stored(id).attributes())
                .containsEntry("instance_url", SIMULATOR.url(Vendor.SALESFORCE).toString());
        assertThat(held(id).expiresAt()).isNull();
        assertThat(held(id).refreshAt()).isNull();
    }

    @Test
    void too_many_tokens_asked_of_zoho_are_no_reason_to_give_the_connection_up() {
        CredentialId id = connected(Account.ZOHO);
        SIMULATOR.oauth().endAccess();
        SIMULATOR
                .faults()
                .add(
                        Vendor.ZOHO,
                        Fault.answer(
                                        400,
                                        Map.of("Content-Type", "application/json"),
                                        "{\"error_description\":\"You have made too many requests continuously.\","
                                                + "\"error\":\"Access Denied\",\"status\":\"failure\"}")
                                .matching("grant_type=refresh_token")
                                .times(1));

        perform(Account.ZOHO, id, 1);

        assertThat(SIMULATOR.faults().active(Vendor.ZOHO)).isZero();
        assertThat(SIMULATOR.oauth().refreshes()).isEqualTo(1);
        assertThat(shown(id).state()).isEqualTo(ConnectionSummary.State.ACTIVE);
    }

    @Test
    void zoho_and_pipedrive_tell_where_calls_go() {
        assertThat(stored(connected(Account.ZOHO)).attributes())
                .containsEntry("api_domain", SIMULATOR.url(Vendor.ZOHO).toString());
        assertThat(stored(connected(Account.PIPEDRIVE)).attributes())
                .containsEntry("api_domain", SIMULATOR.url(Vendor.PIPEDRIVE).toString());
    }

    @Test
    void hubspot_and_zoho_keep_their_refresh_token_and_the_others_rotate() {
        for (Account account : Account.values()) {
            SIMULATOR.reset();
            app();
            CredentialId id = connected(account);
            String before = Objects.requireNonNull(held(id).refreshToken());
            SIMULATOR.oauth().endAccess();
            perform(account, id, 1);
            assertThat(Objects.equals(held(id).refreshToken(), before))
                    .as("%s", account)
                    .isEqualTo(account == Account.HUBSPOT || account == Account.ZOHO);
        }
    }

    @Test
    void a_typed_token_is_no_connection_and_is_never_refreshed() {
        CredentialId typed = credentials
                .create(org, "hubspot", "Private app", Map.of(), Map.of("access_token", "hubspot-demo-token"))
                .id();
        perform(Account.HUBSPOT, typed, 1);
        SIMULATOR.tokens().revokeKey(Vendor.HUBSPOT, "hubspot-demo-token");

        job = job();
        storeExecution(Account.HUBSPOT.action, Account.HUBSPOT.input);
        setWork("credential_id", typed.value());
        long asked = SIMULATOR.requests().count(Vendor.HUBSPOT);
        enqueue(false, "CRM_INSERT:" + typed.value());

        Awaitility.await().atMost(PATIENCE).until(() -> SIMULATOR.requests().count(Vendor.HUBSPOT) > asked);
        assertThat(SIMULATOR.requests().of(Vendor.HUBSPOT))
                .noneMatch(request -> request.path().contains("/oauth/"));
        assertThat(connections.find(org, typed)).isEmpty();
    }

    @Test
    void scopes_stand_as_each_vendor_wants_them() {
        connected(Account.SLACK);
        connected(Account.ZOHO);
        connected(Account.HUBSPOT);
        assertThat(SIMULATOR.requests().of(Vendor.HUBSPOT).getFirst().query())
                .contains("scope=crm.objects.contacts.read+crm.objects.contacts.write");
        assertThat(URI.create("https://x?"
                                + SIMULATOR
                                        .requests()
                                        .of(Vendor.SLACK)
                                        .getFirst()
                                        .query())
                        .getQuery())
                .contains("scope=chat:write");
    }
}
