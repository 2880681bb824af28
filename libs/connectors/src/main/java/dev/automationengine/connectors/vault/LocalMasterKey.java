package dev.automationengine.connectors.vault;

import java.util.List;
import javax.crypto.SecretKey;

/**
 * A master key in this process's memory, from the environment or a file.
 *
 * @param id its name
 * @param key 32 bytes
 */
record LocalMasterKey(String id, SecretKey key) implements MasterKey {
    @Override
    public String seal(byte[] plaintext, List<String> boundTo) {
        return Cipher256.seal(key, plaintext, boundTo);
    }

    @Override
    public byte[] open(String sealed, List<String> boundTo) {
        return Cipher256.open(key, sealed, boundTo);
    }

    @Override
    public String toString() {
        return "LocalMasterKey[" + id + "]";
    }
}
