package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.Map;

/**
 * A credential with its secrets in the clear: it lives in memory only, for as long as a call needs it.
 *
 * @param id the credential
 * @param org its organization
 * @param kind what it is for, for instance {@code crm_http}
 * @param name the name that people gave it
 * @param attributes what is not secret, for instance {@code base_url}
 * @param secrets what is, for instance {@code api_key}
 */
public record Credential(
        CredentialId id,
        OrgId org,
        String kind,
        String name,
        Map<String, String> attributes,
        Map<String, String> secrets) {
    /** Copies the maps. */
    public Credential {
        attributes = Map.copyOf(attributes);
        secrets = Map.copyOf(secrets);
    }

    /** What it is, without what it hides: this text may be logged. */
    @Override
    public String toString() {
        return "Credential[id=" + id + ", org=" + org + ", kind=" + kind + ", secrets=***]";
    }
}
