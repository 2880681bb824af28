package dev.automationengine.connectors.vault;

import org.springframework.dao.DataAccessResourceFailureException;

/** The server that keeps a master key does not answer. As with a database that is away, trying again later helps. */
public final class MasterKeyAwayException extends DataAccessResourceFailureException {
    private static final long serialVersionUID = 1L;

    MasterKeyAwayException(String message) {
        super(message);
    }

    MasterKeyAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
