package dev.automationengine.kit.resume;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks the tokens of links: {@code base64url(content).base64url(HMAC-SHA256 of the first part)}. Whoever holds
 * a token may use it, so it is a secret: it belongs into no log.
 */
public final class ResumeTokens {
    /** No token is longer: an id has at most 45 characters, a step's name 64. */
    public static final int LONGEST = 512;

    private static final String HMAC = "HmacSHA256";
    // Goes into every signature, so that a key that signs other things, too, never signs a token by chance.
    private static final String PURPOSE = "automation-engine resume token 1\n";

    private final List<SecretKeySpec> keys;
    private final InstantSource clock;

    /**
     * Signs with the first key, checks with all.
     *
     * @param keys newest first
     * @param clock says what has expired
     */
    public ResumeTokens(List<String> keys, InstantSource clock) {
        this.keys = keys.stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC))
                .toList();
        this.clock = clock;
    }

    /** What a check found. */
    public sealed interface Checked {
        /**
         * Signed by us, and not too late.
         *
         * @param token what it lets its holder do
         */
        record Valid(ResumeToken token) implements Checked {}

        /**
         * Signed by us, too late.
         *
         * @param token what it let its holder do
         */
        record Expired(ResumeToken token) implements Checked {}

        /** Not signed by us, or not with a key that is still known. */
        record Forged() implements Checked {}
    }

    /** The token's text, safe in a URL. */
    public String sign(ResumeToken token) {
        String content = base64(token.text().getBytes(StandardCharsets.UTF_8));
        return content + "." + signature(keys.getFirst(), content);
    }

    /** Checks a text of any origin. Nothing of it is read before its signature holds. */
    public Checked check(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > LONGEST) {
            return new Checked.Forged();
        }
        String content = text.substring(0, dot);
        byte[] given = text.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (SecretKeySpec key : keys) {
            // Texts are compared, not bytes: a signature has but one text.
            signed |= MessageDigest.isEqual(signature(key, content).getBytes(StandardCharsets.UTF_8), given);
        }
        return signed ? read(content) : new Checked.Forged();
    }

    private Checked read(String content) {
        ResumeToken token;
        try {
            token = ResumeToken.parse(new String(Base64.getUrlDecoder().decode(content), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Signed by a version that says it in another way.
            return new Checked.Forged();
        }
        return clock.instant().isBefore(token.expiresAt()) ? new Checked.Valid(token) : new Checked.Expired(token);
    }

    private static String signature(SecretKeySpec key, String content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return base64(mac.doFinal((PURPOSE + content).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
