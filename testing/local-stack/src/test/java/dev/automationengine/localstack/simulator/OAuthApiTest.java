package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OAuthApiTest extends SimulatorTestBase {
    private static final String BACK = "https://engine.example/oauth/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final Map<OAuthDialect, String[]> PATHS = Map.of(
            OAuthDialect.RFC, new String[] {"/oauth/authorize", "/oauth/token", "/oauth/revoke"},
            OAuthDialect.HUBSPOT, new String[] {"/hubspot/oauth/authorize", "/hubspot/oauth/v1/token", ""},
            OAuthDialect.SALESFORCE,
                    new String[] {
                        "/salesforce/services/oauth2/authorize",
                        "/salesforce/services/oauth2/token",
                        "/salesforce/services/oauth2/revoke"
                    },
            OAuthDialect.SLACK,
                    new String[] {"/slack/oauth/v2/authorize", "/slack/oauth.v2.access", "/slack/auth.revoke"},
            OAuthDialect.PIPEDRIVE,
                    new String[] {"/pipedrive/oauth/authorize", "/pipedrive/oauth/token", "/pipedrive/oauth/revoke"},
            OAuthDialect.ZOHO,
                    new String[] {"/zoho/oauth/v2/auth", "/zoho/oauth/v2/token", "/zoho/oauth/v2/token/revoke"});

    private static String path(OAuthDialect dialect, int which) {
        String[] paths = PATHS.get(dialect);
        return paths == null ? "" : paths[which];
    }

    private static Reply post(OAuthDialect dialect, String path, Map<String, String> fields) throws Exception {
        Map<String, String> form = new HashMap<>(fields);
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        if (dialect == OAuthDialect.PIPEDRIVE) {
            String pair = DemoAccounts.OAUTH_CLIENT + ":" + DemoAccounts.OAUTH_SECRET;
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        } else {
            form.put("client_id", DemoAccounts.OAUTH_CLIENT);
            form.put("client_secret", DemoAccounts.OAUTH_SECRET);
        }
        return caller.send("POST", path, Form.encode(form), headers);
    }

    private static String code(OAuthDialect dialect) throws Exception {
        server.oauth().redirectUri(BACK);
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        Reply reply = caller.send(
                "GET",
                path(dialect, 0) + "?response_type=code&client_id=" + DemoAccounts.OAUTH_CLIENT
                        + "&state=s&redirect_uri="
                        + URLEncoder.encode(BACK, StandardCharsets.UTF_8)
                        + "&code_challenge_method=S256&code_challenge="
                        + challenge,
                "",
                Map.of());
        assertThat(reply.status()).isEqualTo(302);
        return reply.header("Location").replaceAll(".*code=([^&]*).*", "$1");
    }

    private static Reply exchange(OAuthDialect dialect, String code) throws Exception {
        return post(
                dialect,
                path(dialect, 1),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        BACK,
                        "code_verifier",
                        VERIFIER));
    }

    private static Reply refresh(OAuthDialect dialect, String token) throws Exception {
        return post(dialect, path(dialect, 1), Map.of("grant_type", "refresh_token", "refresh_token", token));
    }

    private static boolean accepts(OAuthDialect dialect, String access) {
        return server.oauth().accepts(dialect.vendor(), access);
    }

    @ParameterizedTest
    @EnumSource
    void a_code_gives_tokens_once_and_each_vendor_takes_its_own(OAuthDialect dialect) throws Exception {
        String code = code(dialect);
        Reply granted = exchange(dialect, code);

        String access = granted.at("/access_token").stringValue();
        for (OAuthDialect any : OAuthDialect.values()) {
            assertThat(accepts(any, access)).as("%s", any).isEqualTo(any == dialect);
        }
        assertThat(exchange(dialect, code).at("/access_token").isMissingNode()).isTrue();
        assertThat(granted.at("/expires_in").isMissingNode()).isEqualTo(dialect == OAuthDialect.SALESFORCE);
    }

    @ParameterizedTest
    @EnumSource
    void a_refresh_gives_a_new_access_token(OAuthDialect dialect) throws Exception {
        String first = exchange(dialect, code(dialect)).at("/refresh_token").stringValue();
        Reply next = refresh(dialect, first);

        assertThat(accepts(dialect, next.at("/access_token").stringValue())).isTrue();
        boolean stays = dialect == OAuthDialect.HUBSPOT || dialect == OAuthDialect.ZOHO;
        assertThat(next.at("/refresh_token").asString(first).equals(first)).isEqualTo(stays);
        assertThat(refresh(dialect, first).at("/access_token").isMissingNode()).isEqualTo(!stays);
    }

    @ParameterizedTest
    @EnumSource
    void a_refresh_token_that_is_no_good_is_refused_as_the_vendor_does(OAuthDialect dialect) throws Exception {
        Reply refused = refresh(dialect, "unknown");
        String said = refused.json()
                .path(dialect == OAuthDialect.HUBSPOT ? "status" : "error")
                .asString("");
        switch (dialect) {
            case RFC, SALESFORCE, PIPEDRIVE -> {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(said).isEqualTo("invalid_grant");
            }
            case HUBSPOT -> {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(said).isEqualTo("BAD_REFRESH_TOKEN");
            }
            case SLACK -> {
                assertThat(refused.status()).isEqualTo(200);
                assertThat(said).isEqualTo("invalid_refresh_token");
            }
            case ZOHO -> {
                assertThat(refused.status()).isEqualTo(200);
                assertThat(said).isEqualTo("invalid_code");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HUBSPOT")
    void who_revokes_a_refresh_token_ends_all_that_came_of_the_consent(OAuthDialect dialect) throws Exception {
        Reply granted = exchange(dialect, code(dialect));
        String refreshToken = granted.at("/refresh_token").stringValue();

        Reply revoked = post(dialect, path(dialect, 2), Map.of("token", refreshToken));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(server.oauth().revocations()).isEqualTo(1);
        assertThat(accepts(dialect, granted.at("/access_token").stringValue())).isFalse();
        assertThat(refresh(dialect, refreshToken).at("/access_token").isMissingNode())
                .isTrue();
        // RFC 7009, section 2.2: a second time is a success, too. Slack says so with ok: false.
        Reply again = post(dialect, path(dialect, 2), Map.of("token", refreshToken));
        assertThat(again.status()).isEqualTo(200);
        assertThat(server.oauth().revocations()).isEqualTo(1);
        if (dialect == OAuthDialect.SLACK) {
            assertThat(again.at("/ok").booleanValue()).isFalse();
        }
    }

    @Test
    void an_access_token_is_revoked_alone() throws Exception {
        Reply granted = exchange(OAuthDialect.RFC, code(OAuthDialect.RFC));
        post(
                OAuthDialect.RFC,
                "/oauth/revoke",
                Map.of("token", granted.at("/access_token").stringValue()));

        assertThat(accepts(OAuthDialect.RFC, granted.at("/access_token").stringValue()))
                .isFalse();
        assertThat(refresh(OAuthDialect.RFC, granted.at("/refresh_token").stringValue())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void strangers_cannot_revoke_and_a_token_must_be_named() throws Exception {
        String token = server.oauth().consent().refresh();
        assertThat(caller.send(
                                "POST",
                                "/oauth/revoke",
                                Form.encode(Map.of("token", token, "client_id", "x", "client_secret", "y")),
                                Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(401);
        assertThat(post(OAuthDialect.RFC, "/oauth/revoke", Map.of()).status()).isEqualTo(400);
        assertThat(caller.postJson("/oauth/revoke", "x", "{}").status()).isEqualTo(400);
        assertThat(server.oauth().revocations()).isZero();
    }

    @Test
    void salesforce_and_pipedrive_and_zoho_say_where_calls_go() throws Exception {
        assertThat(exchange(OAuthDialect.SALESFORCE, code(OAuthDialect.SALESFORCE))
                        .at("/instance_url")
                        .stringValue())
                .isEqualTo(server.url(Vendor.SALESFORCE).toString());
        assertThat(exchange(OAuthDialect.PIPEDRIVE, code(OAuthDialect.PIPEDRIVE))
                        .at("/api_domain")
                        .stringValue())
                .isEqualTo(server.url(Vendor.PIPEDRIVE).toString());
        assertThat(exchange(OAuthDialect.ZOHO, code(OAuthDialect.ZOHO))
                        .at("/api_domain")
                        .stringValue())
                .isEqualTo(server.url(Vendor.ZOHO).toString());
    }

    @Test
    void an_access_token_ends_with_its_time() throws Exception {
        server.oauth().lifetime(Duration.ofMinutes(30));
        String access = exchange(OAuthDialect.HUBSPOT, code(OAuthDialect.HUBSPOT))
                .at("/access_token")
                .stringValue();
        CLOCK.set(NOW.plus(Duration.ofMinutes(30)));
        assertThat(accepts(OAuthDialect.HUBSPOT, access)).isFalse();
    }

    @Test
    void a_client_proves_itself_as_its_vendor_wants() throws Exception {
        Map<String, String> fields = Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                "x",
                "client_id",
                DemoAccounts.OAUTH_CLIENT,
                "client_secret",
                DemoAccounts.OAUTH_SECRET);
        Reply byForm = caller.send(
                "POST",
                "/pipedrive/oauth/token",
                Form.encode(fields),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(byForm.at("/error").stringValue()).isEqualTo("invalid_client");
        Reply byHeader = post(OAuthDialect.PIPEDRIVE, "/hubspot/oauth/v1/token", Map.of("grant_type", "refresh_token"));
        assertThat(byHeader.status()).isEqualTo(401);
    }
}
