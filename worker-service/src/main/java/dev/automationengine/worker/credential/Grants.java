package dev.automationengine.worker.credential;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;

/** What third parties gave for credentials, and should take back when those are deleted. */
@FunctionalInterface
public interface Grants {
    /**
     * Reads what will be needed to take back a credential's grant, as long as the credential is there.
     *
     * @return to be run once it is gone; neither waits for the third party nor fails, and does nothing where nothing was given
     */
    Runnable revocation(OrgId org, CredentialId id);
}
