package dev.automationengine.gateway.login;

import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refresh token as a client holds it: {@code rt_<organization>_<session>_<family secret>_<secret>}. The family secret
 * stays the same for all tokens of a session, the last part is new with each refresh. So a token with the right family
 * secret and a wrong last part is one that was used before: somebody holds a copy. One with a wrong family secret is a
 * guess and says nothing.
 *
 * @param org the organization, so that the session is found with the shard key
 * @param session the session's id
 * @param familySecret 256 random bits, the same in all tokens of the session
 * @param secret 256 random bits, of this token alone
 */
record RefreshToken(OrgId org, String session, String familySecret, String secret) {
    private static final Pattern FORM =
            Pattern.compile("rt_(org_[0-9a-z]{1,40})_([0-9a-f]{32})_([0-9a-f]{64})_([0-9a-f]{64})");
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first token of a new session. */
    static RefreshToken first(OrgId org) {
        return new RefreshToken(org, random(ID_BYTES), random(SECRET_BYTES), random(SECRET_BYTES));
    }

    /** Reads a token; empty if the text has another form. */
    static Optional<RefreshToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new RefreshToken(
                        new OrgId(matcher.group(1)), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    /** The token that this one is exchanged for. */
    RefreshToken next() {
        return new RefreshToken(org, session, familySecret, random(SECRET_BYTES));
    }

    String text() {
        return "rt_" + org + "_" + session + "_" + familySecret + "_" + secret;
    }

    /** What is stored of the family secret. A fast hash will do: nobody can try 2^256 secrets. */
    String familyHash() {
        return sha256(familySecret);
    }

    /** What is stored of the secret. */
    String secretHash() {
        return sha256(secret);
    }

    /** Whether the two hashes are the same; takes equally long wherever they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "rt_" + org + "_" + session + "_***";
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String sha256(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
