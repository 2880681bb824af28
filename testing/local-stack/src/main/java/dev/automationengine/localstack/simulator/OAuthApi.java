package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An authorization server: the code grant with PKCE (S256 only) and refresh tokens, in the dialect of its vendor. Whoever
 * comes to be asked consents at once; the vendor takes the access tokens, and the CRM those of {@link OAuthDialect#RFC}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749</a>
 */
final class OAuthApi implements VendorApi {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final OAuthGrants grants;
    private final OAuthDialect dialect;
    private final Supplier<String> host;
    private final VendorApi behind;

    private OAuthApi(OAuthGrants grants, OAuthDialect dialect, Supplier<String> host, VendorApi behind) {
        this.grants = grants;
        this.dialect = dialect;
        this.host = host;
        this.behind = behind;
    }

    /** One of its own, for the CRM. */
    static VendorApi alone(OAuthGrants grants) {
        return new OAuthApi(grants, OAuthDialect.RFC, () -> "", call -> {
            throw OAuthDialect.RFC.refused(404, "not_found");
        });
    }

    /**
     * One before a vendor's API.
     *
     * @param host where calls of the API go, for answers that say so
     */
    static VendorApi before(VendorApi api, OAuthGrants grants, OAuthDialect dialect, Supplier<String> host) {
        return new OAuthApi(grants, dialect, host, api);
    }

    @Override
    public Answer answer(Call call) {
        return switch (dialect.route(call)) {
            case AUTHORIZE -> authorize(call);
            case TOKEN -> token(call);
            case REVOKE -> revoke(call);
            case OTHER -> behind.answer(call);
        };
    }

    private Answer authorize(Call call) {
        String redirect = required(call, "redirect_uri");
        boolean right = grants.knows(redirect)
                && required(call, "client_id").equals(DemoAccounts.OAUTH_CLIENT)
                && required(call, "response_type").equals("code")
                && required(call, "code_challenge_method").equals("S256")
                && dialect.takes(call.parameter("scope").orElse(""));
        if (!right) {
            // Never back to a URI that is not registered.
            throw error(400, "invalid_request");
        }
        String code = grants.code(dialect.vendor(), redirect, required(call, "code_challenge"));
        String query = "code=" + URLEncoder.encode(code, UTF_8) + "&state="
                + URLEncoder.encode(required(call, "state"), UTF_8);
        return new Answer(302, Map.of("Location", redirect + "?" + query), new byte[0]);
    }

    private Answer token(Call call) {
        Map<String, String> form = form(call);
        boolean first = form.getOrDefault("grant_type", "").equals("authorization_code");
        Optional<OAuthGrants.Pair> pair = switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> exchanged(form);
            case "refresh_token" ->
                grants.refresh(dialect.vendor(), form.getOrDefault("refresh_token", ""), dialect.mayRotate());
            default -> throw error(400, "unsupported_grant_type");
        };
        return pair.map(given -> dialect.granted(given, first, host.get()))
                .orElseThrow(() -> error(400, "invalid_grant"));
    }

    /** RFC 7009: a token that is no good (any more) is a success, too. */
    private Answer revoke(Call call) {
        Map<String, String> form = form(call);
        String token = form.getOrDefault("token", "");
        if (token.isEmpty()) {
            throw error(400, "invalid_request");
        }
        if (!grants.revoke(token) && dialect == OAuthDialect.SLACK) {
            throw error(200, "invalid_auth");
        }
        return dialect == OAuthDialect.SLACK
                ? Answer.json(200, Json.object().put("ok", true).put("revoked", true))
                : Answer.empty(200);
    }

    private Map<String, String> form(Call call) {
        if (!call.hasContentType(FORM)) {
            throw error(400, "invalid_request");
        }
        Map<String, String> form = Form.decode(call.text());
        if (!authenticated(call, form)) {
            throw error(401, "invalid_client");
        }
        return form;
    }

    private Optional<OAuthGrants.Pair> exchanged(Map<String, String> form) {
        return grants.take(form.getOrDefault("code", ""))
                .filter(code -> code.vendor() == dialect.vendor())
                .filter(code -> code.redirectUri().equals(form.get("redirect_uri")))
                .filter(code -> code.challenge().equals(challenge(form.getOrDefault("code_verifier", ""))))
                .map(code -> grants.first(code.vendor()));
    }

    private boolean authenticated(Call call, Map<String, String> form) {
        String basic = call.header("authorization").orElse("");
        if (basic.startsWith("Basic ") && dialect.takesBasic()) {
            String pair = new String(Base64.getDecoder().decode(basic.substring(6)), US_ASCII);
            int colon = pair.indexOf(':');
            return colon > 0
                    && URLDecoder.decode(pair.substring(0, colon), UTF_8).equals(DemoAccounts.OAUTH_CLIENT)
                    && URLDecoder.decode(pair.substring(colon + 1), UTF_8).equals(DemoAccounts.OAUTH_SECRET);
        }
        return dialect.takesForm()
                && DemoAccounts.OAUTH_CLIENT.equals(form.get("client_id"))
                && DemoAccounts.OAUTH_SECRET.equals(form.get("client_secret"));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String required(Call call, String parameter) {
        return call.parameter(parameter).orElseThrow(() -> error(400, "invalid_request"));
    }

    private Refused error(int status, String code) {
        return dialect.refused(status, code);
    }
}
