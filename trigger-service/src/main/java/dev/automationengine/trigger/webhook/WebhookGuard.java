package dev.automationengine.trigger.webhook;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WebhookSecurity;
import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets calls of webhooks in. All workflows that listen to a path must agree: one that asks for a signature is not opened
 * by another one, of the same path, that asks for none.
 */
@Component
class WebhookGuard {
    private static final Logger log = LoggerFactory.getLogger(WebhookGuard.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final CredentialVault vault;
    private final InstantSource clock;
    private final MeterRegistry meters;

    WebhookGuard(CredentialVault vault, InstantSource clock, MeterRegistry meters) {
        this.vault = vault;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Returns if the call may come in.
     *
     * @throws ProblemException 401 if it may not; 503 if nobody can tell now, because the secret cannot be read
     */
    void admit(Collection<WorkflowChange> listeners, HttpServletRequest request, byte[] body) {
        SignatureCheck check = new SignatureCheck(request::getHeader, body, clock.instant());
        listeners.forEach(listener -> admit(listener, check));
    }

    /** Headers that carry a secret itself, in lower case: no workflow reads them. */
    static Set<String> secretHeaders(Collection<WorkflowChange> listeners) {
        return listeners.stream()
                .flatMap(listener -> Optional.ofNullable(security(listener)).stream())
                .filter(WebhookSecurity.Secret.class::isInstance)
                .map(secret -> ((WebhookSecurity.Secret) secret).header().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private void admit(WorkflowChange listener, SignatureCheck check) {
        WebhookSecurity security = security(listener);
        if (security instanceof WebhookSecurity.None) {
            return;
        }
        Optional<Credential> credential = credential(listener.orgId(), listener.trigger());
        String secret = credential
                .map(Credential::secrets)
                .map(secrets -> secrets.get(WebhookSecurity.SECRET))
                .orElse(null);
        if (security == null || secret == null) {
            throw unusable(listener);
        }
        Verdict verdict;
        try {
            verdict = check.check(security, secret);
            if (verdict != Verdict.VALID && isPrevious(check, security, credential.orElseThrow())) {
                meters.counter("engine.trigger.webhook.previous.secret").increment();
                return;
            }
        } catch (IllegalArgumentException e) {
            // Its text may quote the secret.
            throw unusable(listener);
        }
        if (verdict != Verdict.VALID) {
            refused(verdict.label());
            try (LogContext ids = LogContext.of(listener.orgId(), null, null)) {
                log.info("A call of the webhook of {} is refused: {}", listener.workflowId(), verdict.label());
            }
            throw new ProblemException(Problem.INVALID_SIGNATURE, verdict.detail());
        }
    }

    /** Whether the caller still uses the secret that was replaced, in the time in which both are good. */
    private boolean isPrevious(SignatureCheck check, WebhookSecurity security, Credential credential) {
        return credential
                .previous(WebhookSecurity.SECRET, clock.instant())
                .filter(secret -> check.check(security, secret) == Verdict.VALID)
                .isPresent();
    }

    private Optional<Credential> credential(OrgId org, Trigger trigger) {
        CredentialId id = trigger.credentialId();
        if (id == null) {
            return Optional.empty();
        }
        try {
            return vault.find(org, id).filter(credential -> credential.kind().equals(WebhookSecurity.CREDENTIAL_KIND));
        } catch (VaultException | DataAccessException e) {
            refused("vault_away");
            throw ProblemException.unavailable("The signature cannot be checked now. Send it again.", RETRY_AFTER, e);
        }
    }

    /** A mistake of ours or of the workflow's author is no reason for the sender to give up. */
    private ProblemException unusable(WorkflowChange listener) {
        refused("misconfigured");
        try (LogContext ids = LogContext.of(listener.orgId(), null, null)) {
            log.warn(
                    "Calls of the webhook of {} cannot be checked: its credential is gone, of another kind, or unusable",
                    listener.workflowId());
        }
        return ProblemException.unavailable(
                "This webhook's secret cannot be used. Its owner has to mend it.", RETRY_AFTER, null);
    }

    private void refused(String reason) {
        meters.counter("engine.trigger.webhook.refused", "reason", reason).increment();
    }

    private static @Nullable WebhookSecurity security(WorkflowChange listener) {
        return WebhookSecurity.read(listener.trigger().config(), (pointer, reason) -> {});
    }
}
