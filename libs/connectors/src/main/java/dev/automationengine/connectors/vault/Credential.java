package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
    /** No name of a secret begins like this: those come from manifests, in lower case with underscores. */
    private static final String PREVIOUS = "previous:";

    /** Sealed with the secrets, so that nobody can prolong it in the database. */
    private static final String PREVIOUS_UNTIL = "previous:until:";

    /** Copies the maps. */
    public Credential {
        attributes = Map.copyOf(attributes);
        secrets = Map.copyOf(secrets);
    }

    /**
     * A secret that the current one replaced and that is still good.
     *
     * @param name the secret's name, for instance {@code secret}
     */
    public Optional<String> previous(String name, Instant now) {
        String until = secrets.get(PREVIOUS_UNTIL);
        return until != null && now.isBefore(Instant.parse(until))
                ? Optional.ofNullable(secrets.get(PREVIOUS + name))
                : Optional.empty();
    }

    /** The secrets to store if these replace the ones here, which stay good beside them until then. */
    Map<String, String> replacedBy(Map<String, String> fresh, Instant until) {
        Map<String, String> both = new HashMap<>(fresh);
        secrets.forEach((name, value) -> {
            if (!name.startsWith(PREVIOUS)) {
                both.put(PREVIOUS + name, value);
            }
        });
        both.put(PREVIOUS_UNTIL, until.toString());
        return both;
    }

    /** What it is, without what it hides: this text may be logged. */
    @Override
    public String toString() {
        return "Credential[id=" + id + ", org=" + org + ", kind=" + kind + ", secrets=***]";
    }
}
