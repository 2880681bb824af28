package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.Map;
import java.util.Optional;

/**
 * Reads credentials. What was found is kept in memory and compared with the database every second, all at once: a change is
 * seen within two seconds, and a busy caller costs the database nothing. What was not found is looked for again each
 * time. While the database is away, what is in memory serves for half a minute.
 *
 * <p>Every method throws {@link VaultException} if a stored credential cannot be decrypted or the master key is the
 * wrong one, and Spring's {@code DataAccessException} if the database cannot be reached.
 */
public interface CredentialVault {
    /** The organization's credential of that id; empty if it has none such, even if another organization does. */
    Optional<Credential> find(OrgId org, CredentialId id);

    /**
     * The only credential of a kind whose attributes have these values.
     *
     * @param attributes values that it must have, for instance {@code page_id}; empty: any
     * @throws AmbiguousCredentialException if there is more than one
     */
    Optional<Credential> findOnly(OrgId org, String kind, Map<String, String> attributes);
}
