package dev.automationengine.connectors.vault;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.model.id.CredentialId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a connection.
 *
 * @param credentialId the credential that holds its tokens: what steps name
 * @param kind the credential's kind
 * @param name the name that people gave it
 * @param state whether it works
 * @param reason why it does not, a code; null if it does
 * @param since since when it does not; null if it does
 * @param expiresAt when the access token ends; null: the third party did not say
 * @param refreshedAt when the tokens were got
 * @param connectedBy who asked for it, as the audit log names them
 */
public record ConnectionSummary(
        CredentialId credentialId,
        String kind,
        String name,
        State state,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable Instant expiresAt,
        Instant refreshedAt,
        String connectedBy) {
    /** Whether a connection works. */
    public enum State {
        /** It has a token, or can get one. */
        @JsonProperty("active")
        ACTIVE,
        /** A person must connect anew; its jobs wait. */
        @JsonProperty("broken")
        BROKEN
    }
}
