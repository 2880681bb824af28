package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Finds the credential that a step acts with. */
@Component
class CredentialResolver {
    private static final Duration VAULT_PAUSE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(CredentialResolver.class);

    private final CredentialVault vault;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    CredentialResolver(CredentialVault vault) {
        this.vault = vault;
    }

    /** A credential or the reason why there is none. */
    sealed interface Resolution {
        /** The credential; null if the action does without. */
        record Found(@Nullable Credential credential) implements Resolution {}

        /** The step cannot act. */
        record Unusable(ActionResult why) implements Resolution {}
    }

    Resolution resolve(OrgId org, ActionDescriptor action, StepWork work) {
        String kind = action.credentialKind();
        if (kind == null) {
            return new Resolution.Found(null);
        }
        try {
            return find(org, action, kind, work);
        } catch (AmbiguousCredentialException e) {
            return unusable(
                    ErrorClass.CONFIGURATION,
                    "credential_ambiguous",
                    "The organization has several credentials of kind " + kind + ".",
                    "Name one of them in the step (credential_id), then redrive.");
        } catch (VaultException e) {
            log.error("A credential cannot be decrypted", e);
            return unusable(
                    ErrorClass.AUTHENTICATION,
                    "credential_unreadable",
                    "The credential cannot be decrypted.",
                    "Replace its secrets (PUT /v1/credentials/{id}), then redrive. If all are affected, check the master key.");
        } catch (DataAccessException e) {
            vaultAway(e);
            return new Resolution.Unusable(new ActionResult.Postponed(ActionResult.Reason.VAULT_AWAY, VAULT_PAUSE));
        }
    }

    /** Once for all the jobs that meet it within a pause. */
    private void vaultAway(DataAccessException e) {
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + VAULT_PAUSE.toNanos())) {
            log.warn("The credentials cannot be read now: jobs that need them wait", e);
        }
    }

    private Resolution find(OrgId org, ActionDescriptor action, String kind, StepWork work) {
        Optional<Credential> found;
        if (work.credentialId() != null) {
            found = vault.find(org, work.credentialId());
            if (found.isPresent() && !found.get().kind().equals(kind)) {
                return unusable(
                        ErrorClass.CONFIGURATION,
                        "credential_of_wrong_kind",
                        "The step's credential is of kind " + found.get().kind() + ", not " + kind + ".",
                        "Name a credential of kind " + kind + " in the step, then redrive.");
            }
        } else if (action.credentialRequired()
                || Boolean.TRUE.equals(work.input().get("use_credential"))) {
            found = vault.findOnly(org, kind, Map.of());
        } else {
            return new Resolution.Found(null);
        }
        return found.<Resolution>map(Resolution.Found::new)
                .orElseGet(() -> unusable(
                        ErrorClass.CONFIGURATION,
                        "credential_missing",
                        "The organization has no such credential of kind " + kind + ".",
                        "Store one (POST /v1/credentials), then redrive."));
    }

    private static Resolution unusable(ErrorClass errorClass, String code, String message, String advice) {
        StepError error = new StepError(errorClass, code, message, null, null, null, advice);
        return new Resolution.Unusable(new ActionResult.Failed(error, false));
    }
}
