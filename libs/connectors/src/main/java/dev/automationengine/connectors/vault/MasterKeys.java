package dev.automationengine.connectors.vault;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The installation's master keys, newest first. They wrap data keys and nothing else. */
final class MasterKeys {
    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final Map<String, SecretKey> keys;
    private final String newest;

    private MasterKeys(Map<String, SecretKey> keys, String newest) {
        this.keys = keys;
        this.newest = newest;
    }

    /**
     * Reads {@code keyId:base64} texts.
     *
     * @throws IllegalArgumentException if one has another form; the message holds nothing of the key
     */
    static MasterKeys parse(List<String> texts) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            String id = colon < 0 ? "" : text.substring(0, colon).strip();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("engine.vault.master-key: expected keyId:base64, with a keyId of 1"
                        + " to 32 letters, digits, '_' or '-'");
            }
            if (keys.put(id, key(id, text.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("engine.vault.master-key: two keys have the id " + id);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("engine.vault.master-key: no key");
        }
        return new MasterKeys(keys, keys.keySet().iterator().next());
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The cause is left out: its message quotes a character of the key.
            throw new IllegalArgumentException("engine.vault.master-key: key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "engine.vault.master-key: key " + id + " has " + bytes.length + " bytes, not " + KEY_BYTES);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** Seals with the newest key, whose id goes in front. */
    String seal(byte[] plaintext, List<String> boundTo) {
        SecretKey key = find(newest).orElseThrow();
        return new Sealed(newest, Cipher256.seal(key, plaintext, withKeyId(newest, boundTo))).text();
    }

    /** Opens with the key that the text names. */
    byte[] open(String text, List<String> boundTo) {
        Sealed sealed = Sealed.parse(text);
        SecretKey key = find(sealed.keyId())
                .orElseThrow(() -> new VaultException("master key " + sealed.keyId() + " is not configured"));
        return Cipher256.open(key, sealed.body(), withKeyId(sealed.keyId(), boundTo));
    }

    private Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static List<String> withKeyId(String keyId, List<String> boundTo) {
        return Stream.concat(Stream.of(keyId), boundTo.stream()).toList();
    }

    /** The id of the key that encrypts. */
    String newest() {
        return newest;
    }

    /** The ids of all keys. */
    Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    @Override
    public String toString() {
        return "MasterKeys" + keys.keySet();
    }
}
