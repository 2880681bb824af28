package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a credential.
 *
 * @param id the credential
 * @param kind what it is for
 * @param name the name that people gave it
 * @param attributes what is not secret
 * @param createdAt when it was stored
 * @param updatedAt when it changed last
 * @param rev grows by one with each change; the ETag of answers
 * @param previousValidUntil until when the secret before this one is accepted, too; null if it is not
 */
public record CredentialSummary(
        CredentialId id,
        String kind,
        String name,
        Map<String, String> attributes,
        Instant createdAt,
        Instant updatedAt,
        long rev,
        @Nullable Instant previousValidUntil) {
    /** Copies the attributes. */
    public CredentialSummary {
        attributes = Map.copyOf(attributes);
    }
}
