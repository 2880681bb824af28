package dev.automationengine.kit.privacy;

import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.privacy.Contacts.Kind;
import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes (HMAC-SHA256) of contacts: they say who is meant to whoever has the key and meets the contact, and nothing
 * to anybody else. The same contact has another hash in each organization.
 */
public final class SubjectHashes {
    private static final String HMAC = "HmacSHA256";
    // The key signs other things, too: a hash is never one of those by chance.
    private static final String PURPOSE = "automation-engine subject 1\n";

    private final List<SecretKeySpec> keys;

    /**
     * Hashes with the first key, recognises what any of them has hashed.
     *
     * @param keys newest first
     */
    public SubjectHashes(List<String> keys) {
        this.keys = keys.stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC))
                .toList();
    }

    /** The hash behind its kind: {@code email:...}. */
    public String hash(OrgId org, Contact contact) {
        return hash(keys.getFirst(), org, contact);
    }

    /** What the contact's hash is and was. */
    Stream<String> all(OrgId org, Contact contact) {
        return keys.stream().map(key -> hash(key, org, contact));
    }

    /** Whether a hash is one of a contact of this kind. */
    static boolean isOf(String hash, Kind kind) {
        return hash.startsWith(prefix(kind));
    }

    private static String hash(SecretKeySpec key, OrgId org, Contact contact) {
        String text = PURPOSE + org.value() + "\n" + contact.kind() + "\n" + contact.value();
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return prefix(contact.kind())
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static String prefix(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + ":";
    }
}
