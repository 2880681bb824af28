package dev.automationengine.connectors.vault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The installation's master keys, newest first. They wrap data keys and nothing else. */
final class MasterKeys {
    private final Map<String, MasterKey> keys;
    private final String newest;

    private MasterKeys(Map<String, MasterKey> keys, String newest) {
        this.keys = keys;
        this.newest = newest;
    }

    /**
     * These keys; the first encrypts.
     *
     * @throws IllegalArgumentException if there is none or two have one name
     */
    static MasterKeys of(List<MasterKey> newestFirst) {
        Map<String, MasterKey> keys = new LinkedHashMap<>();
        for (MasterKey key : newestFirst) {
            if (keys.put(key.id(), key) != null) {
                throw new IllegalArgumentException("engine.vault.master-key: two keys have the id " + key.id());
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("engine.vault.master-key: no key");
        }
        return new MasterKeys(keys, newestFirst.getFirst().id());
    }

    /** Seals with the newest key, whose id goes in front. */
    String seal(byte[] plaintext, List<String> boundTo) {
        return new Sealed(newest, get(newest).seal(plaintext, withKeyId(newest, boundTo))).text();
    }

    /** Opens with the key that the text names. */
    byte[] open(String text, List<String> boundTo) {
        Sealed sealed = Sealed.parse(text);
        return get(sealed.keyId()).open(sealed.body(), withKeyId(sealed.keyId(), boundTo));
    }

    private MasterKey get(String id) {
        MasterKey key = keys.get(id);
        if (key == null) {
            throw new VaultException("master key " + id + " is not configured");
        }
        return key;
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
