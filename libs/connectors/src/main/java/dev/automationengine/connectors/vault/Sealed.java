package dev.automationengine.connectors.vault;

/**
 * A ciphertext as it is stored: {@code v1:keyId:base64}.
 *
 * @param keyId the key that opens it
 * @param body nonce and ciphertext as base64
 */
record Sealed(String keyId, String body) {
    private static final String VERSION = "v1";
    private static final int PARTS = 3;

    /** Reads the stored form. */
    static Sealed parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new VaultException("a ciphertext has an unknown form");
        }
        return new Sealed(parts[1], parts[2]);
    }

    /** The stored form. */
    String text() {
        return VERSION + ":" + keyId + ":" + body;
    }
}
