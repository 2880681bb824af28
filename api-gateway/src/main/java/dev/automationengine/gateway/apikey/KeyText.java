package dev.automationengine.gateway.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its owner holds it: {@code ae_<id>_<secret>}. The id says which key it is and is no secret; the secret
 * is 256 random bits.
 *
 * @param id 26 lower-case letters and digits
 * @param secret the secret in URL-safe base 64, without padding
 */
record KeyText(String id, String secret) {
    static final String PREFIX = "ae_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-z]{26})_([A-Za-z0-9_-]{43})");
    private static final int ID_LENGTH = 26;
    private static final int SECRET_BYTES = 32;
    private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new key. */
    static KeyText random() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        RANDOM.ints(ID_LENGTH, 0, ID_ALPHABET.length()).forEach(i -> id.append(ID_ALPHABET.charAt(i)));
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new KeyText(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads a key; empty if the text has another form. */
    static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The key as text, to be shown once. */
    String text() {
        return PREFIX + id + "_" + secret;
    }

    /**
     * What is stored of the secret: its SHA-256, in hexadecimal. A slow, salted hash as for passwords would buy
     * nothing: nobody can try 2^256 random secrets however fast the hash is, and no two keys share one. It would cost
     * much: every request checks a key.
     */
    String secretHash() {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /** Whether the hash is that of this secret; takes equally long wherever the two differ. */
    boolean matches(String storedHash) {
        return MessageDigest.isEqual(
                secretHash().getBytes(StandardCharsets.US_ASCII), storedHash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return PREFIX + id + "_***";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
