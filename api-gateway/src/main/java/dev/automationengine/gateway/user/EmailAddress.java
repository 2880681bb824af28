package dev.automationengine.gateway.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An e-mail address, as users are known by: without surrounding space, in lower case. Its text form is masked, so that
 * it cannot slip into a log.
 *
 * @param value the address
 */
public record EmailAddress(String value) {
    /** Normalises: two spellings of one mailbox must not be two users. */
    public EmailAddress {
        value = Normalizer.normalize(value.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** What the address is looked up by: its SHA-256 in hexadecimal. */
    public String hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
