package dev.automationengine.localstack.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Google's token endpoint for service accounts (RFC 7523). The JWT must be signed by RS256 with the account's key, live
 * an hour at most and ask for the scope of spreadsheets. Thread-safe.
 *
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account">Google: service accounts</a>
 */
public final class GoogleAccounts {
    private static final String SCOPE = "https://www.googleapis.com/auth/spreadsheets";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String KEY_ID = "demo-key-1";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final KeyPair DEMO = pair();

    private final InstantSource clock;
    private final Map<String, PublicKey> keys = new HashMap<>();
    private final Map<String, Given> tokens = new HashMap<>();
    private Duration lifetime = LONGEST;
    private int granted;

    GoogleAccounts(InstantSource clock) {
        this.clock = clock;
        clear();
    }

    private record Given(String account, Instant until) {}

    /**
     * The key file of the demo's service account, as Google lets people download it.
     *
     * @param tokenUri where it is to be used
     */
    public static String keyFile(String tokenUri) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(DEMO.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return Json.object()
                .put("type", "service_account")
                .put("project_id", "demo")
                .put("private_key_id", KEY_ID)
                .put("private_key", pem)
                .put("client_email", DemoAccounts.GOOGLE_ACCOUNT)
                .put("token_uri", tokenUri)
                .toString();
    }

    /** How many access tokens were given out. */
    public synchronized int granted() {
        return granted;
    }

    /** Ends all access tokens, though their time is not over. */
    public synchronized void endTokens() {
        tokens.clear();
    }

    /** Deletes the account: no token is given to it any more, and none it has is good. */
    public synchronized void delete(String account) {
        keys.remove(account);
        tokens.values().removeIf(given -> given.account().equals(account));
    }

    /** How long tokens live that are given out from now on. */
    public synchronized void lifetime(Duration of) {
        lifetime = of;
    }

    synchronized void clear() {
        keys.clear();
        tokens.clear();
        granted = 0;
        lifetime = LONGEST;
        keys.put(DemoAccounts.GOOGLE_ACCOUNT, DEMO.getPublic());
    }

    /** Whose token it is. */
    synchronized Optional<String> account(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(given -> clock.instant().isBefore(given.until()))
                .map(Given::account);
    }

    /** Gives a token. */
    synchronized Answer token(Call call, String tokenUri) {
        Map<String, String> form = Form.decode(call.text());
        if (!call.hasContentType("application/x-www-form-urlencoded")
                || !GRANT.equals(form.getOrDefault("grant_type", ""))) {
            throw error("unsupported_grant_type", "Invalid grant_type: " + form.getOrDefault("grant_type", ""));
        }
        String account = account(form.getOrDefault("assertion", ""), tokenUri);
        String token = "ya29." + UUID.randomUUID();
        tokens.put(token, new Given(account, clock.instant().plus(lifetime)));
        granted++;
        return Answer.json(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("expires_in", lifetime.toSeconds() - 1)
                        .put("token_type", "Bearer"));
    }

    private String account(String jwt, String tokenUri) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            throw error("invalid_request", "Bad Request");
        }
        JsonNode header = decoded(parts[0]);
        JsonNode claims = decoded(parts[1]);
        String issuer = Json.text(claims, "iss");
        PublicKey key = Optional.ofNullable(keys.get(issuer))
                .orElseThrow(() -> error("invalid_grant", "Invalid grant: account not found"));
        boolean signed = Json.text(header, "alg").equals("RS256")
                && Json.text(header, "kid").equals(KEY_ID)
                && verified(key, parts[0] + "." + parts[1], parts[2]);
        if (!signed) {
            throw error("invalid_grant", "Invalid JWT Signature.");
        }
        if (!List.of(tokenUri, "https://oauth2.googleapis.com/token").contains(Json.text(claims, "aud"))) {
            throw error("invalid_grant", "Invalid JWT: Failed audience check.");
        }
        checkTime(claims);
        if (!List.of(Json.text(claims, "scope").split(" ")).contains(SCOPE)) {
            throw error("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }
        return issuer;
    }

    private void checkTime(JsonNode claims) {
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong(0));
        Instant ends = Instant.ofEpochSecond(claims.path("exp").asLong(0));
        Instant now = clock.instant();
        if (ends.isAfter(issued.plus(LONGEST)) || ends.isBefore(now) || issued.isAfter(now.plus(SKEW))) {
            throw error(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
        }
    }

    private static JsonNode decoded(String part) {
        try {
            return Json.parse(Base64.getUrlDecoder().decode(part))
                    .orElseThrow(() -> error("invalid_request", "Bad JWT"));
        } catch (IllegalArgumentException e) {
            throw error("invalid_request", "Bad JWT");
        }
    }

    private static boolean verified(PublicKey key, String text, String signature) {
        try {
            Signature rs256 = Signature.getInstance("SHA256withRSA");
            rs256.initVerify(key);
            rs256.update(text.getBytes(StandardCharsets.US_ASCII));
            return rs256.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static Refused error(String code, String description) {
        return new Refused(Answer.json(400, Json.object().put("error", code).put("error_description", description)));
    }
}
