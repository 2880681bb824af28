package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.ConnectionStore;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.worker.WorkerProperties;
import dev.automationengine.worker.credential.Grants;
import jakarta.annotation.PreDestroy;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes back the grants of deleted connections at the third parties (RFC 7009), beside the deletion, which never waits for
 * that. The tokens are in memory only by then, so this is a best effort: a process that stops gives up.
 */
@Component
class Revocations implements Grants {
    private static final int MOST_AT_A_TIME = 100;
    private static final Logger log = LoggerFactory.getLogger(Revocations.class);

    private final ActionCatalog catalog;
    private final ConnectionStore store;
    private final OAuthApps apps;
    private final RevocationCall call;
    private final OAuthMetrics metrics;
    private final OAuthProperties properties;
    private final WorkerProperties worker;
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Revocations(
            ActionCatalog catalog,
            ConnectionStore store,
            OAuthApps apps,
            RevocationCall call,
            OAuthMetrics metrics,
            OAuthProperties properties,
            WorkerProperties worker) {
        this.catalog = catalog;
        this.store = store;
        this.apps = apps;
        this.call = call;
        this.metrics = metrics;
        this.properties = properties;
        this.worker = worker;
    }

    private record Grant(OAuthProvider provider, String url, Credential credential, ConnectionTokens tokens) {}

    @Override
    public Runnable revocation(OrgId org, CredentialId id) {
        try {
            return store.read(org, id)
                    .flatMap(stored -> grant(stored.credential()))
                    .<Runnable>map(grant -> () -> start(grant))
                    .orElse(() -> {});
        } catch (VaultException e) {
            log.warn("Credential {} of {} cannot be read: if there was a grant, it is not taken back", id, org, e);
            return () -> {};
        }
    }

    private Optional<Grant> grant(Credential credential) {
        return catalog.oauth(credential.kind(), worker.connectorSettings())
                .flatMap(provider -> Optional.ofNullable(provider.revocationUrl())
                        .flatMap(url -> ConnectionTokens.of(credential)
                                .map(tokens -> new Grant(provider, url, credential, tokens))));
    }

    private void start(Grant grant) {
        if (!room.tryAcquire()) {
            ended(grant, "skipped");
            return;
        }
        threads.execute(() -> {
            try {
                ended(grant, outcome(grant));
            } catch (RuntimeException e) {
                log.debug("A grant was not taken back", e);
                ended(grant, "failed");
            } finally {
                room.release();
            }
        });
    }

    private String outcome(Grant grant) {
        OrgId org = grant.credential().org();
        try {
            return apps.find(org, grant.provider().connector())
                    .map(app -> call.revoke(org, grant.provider(), grant.url(), app, grant.tokens()))
                    .orElse("no_app");
        } catch (AmbiguousCredentialException e) {
            log.debug("Several OAuth apps", e);
            return "no_app";
        }
    }

    private void ended(Grant grant, String outcome) {
        metrics.revocation(grant.provider().connector(), outcome);
        Credential credential = grant.credential();
        if (RevocationCall.REVOKED.equals(outcome)) {
            log.info("The grant of connection {} of {} is taken back", credential.id(), credential.org());
        } else {
            log.warn(
                    "The grant of deleted connection {} of {} is not taken back at {} ({}): end it in the account there",
                    credential.id(),
                    credential.org(),
                    grant.provider().connector(),
                    outcome);
        }
    }

    /** Lets calls under way end, for the time of one call. */
    @PreDestroy
    void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(properties.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
