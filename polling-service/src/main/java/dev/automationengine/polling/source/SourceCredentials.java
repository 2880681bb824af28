package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.PollDescriptor;
import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.VaultException;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds what an organization reads a source with: always one of its own credentials. */
@Component
class SourceCredentials {
    private final CredentialVault vault;

    SourceCredentials(CredentialVault vault) {
        this.vault = vault;
    }

    /**
     * The credential of a trigger; empty if the source does without.
     *
     * @throws LookFailedException if it needs one that cannot be used
     */
    Optional<Credential> find(PollTrigger trigger, PollDescriptor source) {
        String kind = source.credentialKind();
        if (kind == null || (trigger.credentialId() == null && !source.credentialRequired())) {
            return Optional.empty();
        }
        try {
            Optional<Credential> found = trigger.credentialId() == null
                    ? vault.findOnly(trigger.org(), kind, Map.of())
                    : vault.find(trigger.org(), trigger.credentialId())
                            .filter(credential -> credential.kind().equals(kind));
            if (found.isEmpty()) {
                throw failed("credential_missing", "Name a credential of kind " + kind + " in the trigger.");
            }
            return found;
        } catch (AmbiguousCredentialException e) {
            throw failed("credential_ambiguous", "Name one of the credentials of kind " + kind + " in the trigger.");
        } catch (VaultException e) {
            throw failed("credential_unreadable", "Replace the credential's secrets (PUT /v1/credentials/{id}).");
        }
    }

    private static LookFailedException failed(String code, String advice) {
        return new LookFailedException(Failure.configuration(code, advice));
    }
}
