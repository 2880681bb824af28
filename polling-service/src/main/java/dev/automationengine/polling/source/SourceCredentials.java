package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.PollDescriptor;
import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.RefreshRequests;
import dev.automationengine.connectors.vault.VaultException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds what an organization reads a source with: always one of its own credentials. */
@Component
class SourceCredentials {
    private final CredentialVault vault;
    private final RefreshRequests refreshes;
    private final InstantSource clock;

    SourceCredentials(CredentialVault vault, RefreshRequests refreshes, InstantSource clock) {
        this.vault = vault;
        this.refreshes = refreshes;
        this.clock = clock;
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
            found.ifPresent(this::checkTokens);
            return found;
        } catch (AmbiguousCredentialException e) {
            throw failed("credential_ambiguous", "Name one of the credentials of kind " + kind + " in the trigger.");
        } catch (VaultException e) {
            throw failed("credential_unreadable", "Replace the credential's secrets (PUT /v1/credentials/{id}).");
        }
    }

    /** The worker refreshes connections; it does not know which ones are looked at here. */
    private void checkTokens(Credential credential) {
        ConnectionTokens tokens = ConnectionTokens.of(credential).orElse(null);
        if (tokens == null) {
            return;
        }
        if (tokens.brokenAt() != null) {
            throw failed(
                    "connection_broken", "Connect the credential again (POST /v1/connections/{connector}:authorize).");
        }
        Instant now = clock.instant();
        if (tokens.due(now) || !tokens.live(now)) {
            refreshes.ask(credential.org(), credential.id());
        }
        if (!tokens.live(now)) {
            throw new LookFailedException(Failure.authentication(
                    "connection_expired", "Nothing, if it goes by itself: a new access token is being asked for."));
        }
    }

    private static LookFailedException failed(String code, String advice) {
        return new LookFailedException(Failure.configuration(code, advice));
    }
}
