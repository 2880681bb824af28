package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import java.time.Instant;
import java.util.Map;

/**
 * What may be shown of a credential.
 *
 * @param id the credential
 * @param kind what it is for
 * @param name the name that people gave it
 * @param attributes what is not secret
 * @param createdAt when it was stored
 * @param updatedAt when it changed last
 */
public record CredentialSummary(
        CredentialId id,
        String kind,
        String name,
        Map<String, String> attributes,
        Instant createdAt,
        Instant updatedAt) {
    /** Copies the attributes. */
    public CredentialSummary {
        attributes = Map.copyOf(attributes);
    }
}
