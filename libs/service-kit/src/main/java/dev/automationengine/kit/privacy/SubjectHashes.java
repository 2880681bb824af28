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
    private static final String TRACE = "automation-engine trace 1\n";
    private static final String MARK = "automation-engine mark 1\n";
    private static final int TRACE_LENGTH = 16;
    private static final int MARK_LENGTH = 6;

    /** One that has its key, and is copied for each hash: making one anew costs more than the hash. */
    private final List<Mac> keys;

    private final List<String> marks;

    /**
     * Hashes with the first key, recognises what any of them has hashed.
     *
     * @param keys newest first
     */
    public SubjectHashes(List<String> keys) {
        this.keys = keys.stream().map(SubjectHashes::keyed).toList();
        this.marks = this.keys.stream().map(SubjectHashes::mark).toList();
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

    /** The hash of a trace, with the newest key. */
    String trace(OrgId org, String trace) {
        return trace(keys.getFirst(), org, trace);
    }

    /** What the hash of a trace is and was. */
    Stream<String> traces(OrgId org, String trace) {
        return keys.stream().map(key -> trace(key, org, trace));
    }

    /** A few letters that tell the newest key from others and do not tell what it is. */
    String newestKey() {
        return marks.getFirst();
    }

    /** The marks of all keys. */
    Stream<String> keyMarks() {
        return marks.stream();
    }

    private static String trace(Mac key, OrgId org, String trace) {
        // Long enough that two traces of an organization do not meet, short enough for an index.
        return text(key, TRACE + org.value() + "\n" + trace).substring(0, TRACE_LENGTH);
    }

    private static String mark(Mac key) {
        return text(key, MARK).substring(0, MARK_LENGTH);
    }

    private static String hash(Mac key, OrgId org, Contact contact) {
        return prefix(contact.kind())
                + text(key, PURPOSE + org.value() + "\n" + contact.kind() + "\n" + contact.value());
    }

    private static String text(Mac key, String signed) {
        try {
            byte[] hash = ((Mac) key.clone()).doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("that of the JDK can be copied", e);
        }
    }

    private static Mac keyed(String key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static String prefix(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + ":";
    }
}
