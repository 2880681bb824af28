package dev.automationengine.connectors.vault;

import java.util.List;

/**
 * One master key, wherever it is kept: the port to files, environment and key servers. It wraps data keys only, so it
 * is asked about once per organization and process, not once per credential.
 */
interface MasterKey {
    /** Its name in ciphertexts: 1 to 32 letters, digits, '_' or '-'. */
    String id();

    /**
     * Encrypts.
     *
     * @param boundTo associated data: opening needs the same
     * @return a text without ':'
     * @throws MasterKeyAwayException if the key cannot be reached now
     */
    String seal(byte[] plaintext, List<String> boundTo);

    /**
     * Decrypts what {@link #seal} returned.
     *
     * @throws VaultException if it was sealed with another key, was changed, or is bound to something else
     * @throws MasterKeyAwayException if the key cannot be reached now
     */
    byte[] open(String sealed, List<String> boundTo);
}
