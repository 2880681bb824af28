package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.vault.Credential;
import java.time.Duration;

/** Whether a connection can be used now. */
public sealed interface Usable {
    /**
     * It can.
     *
     * @param credential with an access token
     */
    record Now(Credential credential) implements Usable {}

    /**
     * Its access token has ended, and a new one is not there yet.
     *
     * @param pause when to look again
     */
    record Later(Duration pause) implements Usable {}

    /**
     * A person must connect anew.
     *
     * @param pause when to look again
     */
    record Broken(Duration pause) implements Usable {}
}
