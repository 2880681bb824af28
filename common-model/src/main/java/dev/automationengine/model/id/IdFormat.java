package dev.automationengine.model.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** How ids are made and checked: a prefix that names the kind, then 26 characters of Crockford's base 32. */
final class IdFormat {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final int BYTES = 16;
    private static final int MILLIS_BITS_DROPPED = 16;
    private static final Pattern BODY = Pattern.compile("[0-9a-z]{1,40}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private IdFormat() {}

    /** Returns {@code value} if it is {@code prefix} and 1 to 40 lower-case letters or digits; else throws. */
    static String require(String prefix, String value) {
        if (!value.startsWith(prefix)
                || !BODY.matcher(value).region(prefix.length(), value.length()).matches()) {
            throw new IllegalArgumentException("not an id of the form " + prefix + "...");
        }
        return value;
    }

    /** A new id that sorts by time of creation, as a ULID does: neighbours in time are neighbours in an index. */
    static String random(String prefix) {
        byte[] tail = new byte[BYTES - Long.BYTES];
        RANDOM.nextBytes(tail);
        long head = System.currentTimeMillis() << MILLIS_BITS_DROPPED | RANDOM.nextInt(1 << MILLIS_BITS_DROPPED);
        return prefix
                + encode(ByteBuffer.allocate(BYTES).putLong(head).put(tail).array());
    }

    /** The same id for the same parts, wherever and however often it is computed. */
    static String hash(String prefix, String... parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        return prefix + encode(sha256.digest());
    }

    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(LENGTH);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < BYTES; i++) {
            buffer = (buffer << 8 | bytes[i] & 0xff) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(buffer >> bits & 31));
            }
        }
        return text.append(ALPHABET.charAt(buffer << 5 - bits & 31)).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
