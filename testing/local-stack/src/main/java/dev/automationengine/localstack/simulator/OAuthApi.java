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
import tools.jackson.databind.node.ObjectNode;

/**
 * An authorization server: the code grant with PKCE (S256 only) and refresh tokens. Whoever comes to
 * {@code /oauth/authorize} consents at once; the CRM takes the access tokens as keys.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749</a>
 */
final class OAuthApi implements VendorApi {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final OAuthGrants grants;

    OAuthApi(OAuthGrants grants) {
        this.grants = grants;
    }

    @Override
    public Answer answer(Call call) {
        return switch (call.method() + " " + call.path()) {
            case "GET /oauth/authorize" -> authorize(call);
            case "POST /oauth/token" -> token(call);
            case "POST /oauth/revoke" -> revoke(call);
            default -> throw error(404, "not_found");
        };
    }

    private Answer authorize(Call call) {
        String redirect = required(call, "redirect_uri");
        boolean right = grants.knows(redirect)
                && required(call, "client_id").equals(DemoAccounts.OAUTH_CLIENT)
                && required(call, "response_type").equals("code")
                && required(call, "code_challenge_method").equals("S256");
        if (!right) {
            // Never back to a URI that is not registered.
            throw error(400, "invalid_request");
        }
        String code = grants.code(redirect, required(call, "code_challenge"));
        String query = "code=" + URLEncoder.encode(code, UTF_8) + "&state="
                + URLEncoder.encode(required(call, "state"), UTF_8);
        return new Answer(302, Map.of("Location", redirect + "?" + query), new byte[0]);
    }

    private Answer token(Call call) {
        Map<String, String> form = form(call);
        Optional<OAuthGrants.Pair> pair = switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> exchanged(form);
            case "refresh_token" -> grants.refresh(form.getOrDefault("refresh_token", ""));
            default -> throw error(400, "unsupported_grant_type");
        };
        return pair.map(OAuthApi::granted).orElseThrow(() -> error(400, "invalid_grant"));
    }

    /** RFC 7009: a token that is no good (any more) is a success, too. */
    private Answer revoke(Call call) {
        Map<String, String> form = form(call);
        String token = form.getOrDefault("token", "");
        if (token.isEmpty()) {
            throw error(400, "invalid_request");
        }
        grants.revoke(token);
        return new Answer(200, Map.of(), new byte[0]);
    }

    private static Map<String, String> form(Call call) {
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
                .filter(code -> code.redirectUri().equals(form.get("redirect_uri")))
                .filter(code -> code.challenge().equals(challenge(form.getOrDefault("code_verifier", ""))))
                .map(ignored -> grants.first());
    }

    private static boolean authenticated(Call call, Map<String, String> form) {
        String basic = call.header("authorization").orElse("");
        if (basic.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(basic.substring(6)), US_ASCII);
            int colon = pair.indexOf(':');
            return colon > 0
                    && URLDecoder.decode(pair.substring(0, colon), UTF_8).equals(DemoAccounts.OAUTH_CLIENT)
                    && URLDecoder.decode(pair.substring(colon + 1), UTF_8).equals(DemoAccounts.OAUTH_SECRET);
        }
        return DemoAccounts.OAUTH_CLIENT.equals(form.get("client_id"))
                && DemoAccounts.OAUTH_SECRET.equals(form.get("client_secret"));
    }

    private static Answer granted(OAuthGrants.Pair pair) {
        ObjectNode body = Json.object()
                .put("access_token", pair.access())
                .put("refresh_token", pair.refresh())
                .put("expires_in", pair.seconds())
                .put("token_type", "bearer");
        return Answer.json(200, Map.of("Cache-Control", "no-store"), body);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String required(Call call, String parameter) {
        return call.parameter(parameter).orElseThrow(() -> error(400, "invalid_request"));
    }

    private static Refused error(int status, String code) {
        return new Refused(Answer.json(status, Json.object().put("error", code)));
    }
}
