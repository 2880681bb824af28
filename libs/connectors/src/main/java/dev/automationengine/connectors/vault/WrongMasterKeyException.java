package dev.automationengine.connectors.vault;

/** The master key is not the one that the stored secrets were encrypted with: the service must not run with it. */
public final class WrongMasterKeyException extends VaultException {
    private static final long serialVersionUID = 1L;

    WrongMasterKeyException(String message) {
        super(message);
    }
}
