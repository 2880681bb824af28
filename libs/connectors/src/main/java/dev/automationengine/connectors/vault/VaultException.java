package dev.automationengine.connectors.vault;

/**
 * A secret cannot be encrypted or decrypted: it was tampered with, or the master key is the wrong one. The message
 * names ids only, never content.
 */
public class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultException(String message) {
        super(message);
    }

    VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
