package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.ConnectionStore;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.worker.WorkerProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Refreshes one connection once: reads it afresh, takes the lease, asks the third party, stores what it gave, and only
 * then gives it out.
 */
@Component
class TokenRefresh {
    /** The refresh token may have been used up by a process that died, or whose answer was lost. */
    static final String ANSWER_LOST = "refresh_answer_lost";

    private static final String TOKEN_REFUSED = "token_refused";
    private static final String NO_REFRESH_TOKEN = "no_refresh_token";
    private static final Duration NO_APP = Duration.ofSeconds(30);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration STORE_PAUSE = Duration.ofMillis(200);
    private static final Logger log = LoggerFactory.getLogger(TokenRefresh.class);

    private final ActionCatalog catalog;
    private final ConnectionStore store;
    private final OAuthApps apps;
    private final TokenClient client;
    private final OAuthMetrics metrics;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final OAuthProperties properties;
    private final WorkerProperties worker;
    private final RetryTemplate storing;

    TokenRefresh(
            ActionCatalog catalog,
            ConnectionStore store,
            OAuthApps apps,
            TokenClient client,
            OAuthMetrics metrics,
            InstantSource clock,
            RandomGenerator random,
            OAuthProperties properties,
            WorkerProperties worker) {
        this.catalog = catalog;
        this.store = store;
        this.apps = apps;
        this.client = client;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
        this.properties = properties;
        this.worker = worker;
        this.storing = new RetryTemplate(RetryPolicy.builder()
                .includes(List.of(DataAccessException.class))
                .delay(STORE_PAUSE)
                .maxRetries(Long.MAX_VALUE)
                .timeout(properties.lease().dividedBy(2))
                .build());
    }

    /** Whether a credential's tokens can be refreshed at all. */
    boolean knows(Credential credential) {
        return provider(credential).isPresent();
    }

    /** Whether an action's error of that code says that the access token is no good, whatever the status. */
    boolean refuses(Credential credential, String code) {
        return provider(credential)
                .filter(provider -> provider.refusedCodes().contains(code))
                .isPresent();
    }

    /** Replaces the tokens of a credential, unless somebody has done so since it was read. */
    Usable run(Credential seen) {
        OAuthProvider provider = provider(seen).orElseThrow();
        Optional<ConnectionStore.Stored> stored = store.read(seen.org(), seen.id());
        if (stored.isEmpty()) {
            return new Usable.Later(BUSY);
        }
        Credential current = stored.get().credential();
        ConnectionTokens tokens = ConnectionTokens.of(current).orElseThrow();
        if (tokens.brokenAt() != null) {
            return new Usable.Broken(properties.brokenHold());
        }
        boolean renewed = !sameToken(seen, current);
        if (renewed && tokens.live(clock.instant())) {
            return new Usable.Now(current);
        }
        // Before the lease: one that ends without a word puts the refresh token into doubt.
        Optional<OAuthProperties.App> app = app(current, provider);
        if (app.isEmpty()) {
            return tokens.live(clock.instant()) ? new Usable.Now(current) : new Usable.Later(NO_APP);
        }
        return store.take(seen.org(), seen.id(), stored.get().rev(), properties.lease())
                .map(lease -> refreshed(provider, app.get(), current, tokens, lease))
                .orElseGet(() -> new Usable.Later(BUSY));
    }

    /** Takes a connection for broken whose new token was refused. */
    void giveUp(Credential credential) {
        store.read(credential.org(), credential.id())
                .filter(stored -> sameToken(credential, stored.credential()))
                .flatMap(stored -> store.take(credential.org(), credential.id(), stored.rev(), properties.lease()))
                .ifPresent(lease -> broken(credential, lease, TOKEN_REFUSED));
    }

    private static boolean sameToken(Credential one, Credential other) {
        return ConnectionTokens.of(one)
                .map(ConnectionTokens::accessToken)
                .equals(ConnectionTokens.of(other).map(ConnectionTokens::accessToken));
    }

    private Usable refreshed(
            OAuthProvider provider,
            OAuthProperties.App app,
            Credential credential,
            ConnectionTokens tokens,
            ConnectionStore.Lease lease) {
        String refreshToken = tokens.refreshToken();
        if (refreshToken == null) {
            return broken(credential, lease, NO_REFRESH_TOKEN);
        }
        OrgId org = credential.org();
        TokenAnswer answer = client.refresh(org, provider, app, refreshToken);
        metrics.refreshed(provider, answer);
        return switch (answer) {
            case TokenAnswer.Granted granted -> stored(provider, credential, tokens, lease, granted);
            case TokenAnswer.Revoked(String code) -> broken(credential, lease, lease.inDoubt() ? ANSWER_LOST : code);
            case TokenAnswer.Away away -> postponed(credential, tokens, lease, away);
        };
    }

    private Usable stored(
            OAuthProvider provider,
            Credential credential,
            ConnectionTokens before,
            ConnectionStore.Lease lease,
            TokenAnswer.Granted granted) {
        Instant now = clock.instant();
        ConnectionTokens fresh = TokenTimes.kept(granted, before, now, provider.refreshBefore(), random::nextDouble);
        try {
            return storing.invoke(() -> store.store(
                            credential.org(), lease, fresh, granted.attributes(), now.plus(properties.keepAlive())))
                    .<Usable>map(Usable.Now::new)
                    .orElseGet(() -> new Usable.Later(BUSY));
        } catch (DataAccessException e) {
            // The refresh token before is used up: these are all that there were.
            metrics.lost(provider);
            log.error("New tokens of connection {} of {} are lost", credential.id(), credential.org(), e);
            throw e;
        }
    }

    private Usable postponed(
            Credential credential, ConnectionTokens tokens, ConnectionStore.Lease lease, TokenAnswer.Away away) {
        Instant now = clock.instant();
        Duration pause = TokenTimes.pause(lease.failures(), away.retryAfter(), random::nextDouble);
        store.postpone(credential.org(), lease, now.plus(pause), away.inDoubt());
        log.warn(
                "Connection {} of {} could not be refreshed ({}): tried again in {}",
                credential.id(),
                credential.org(),
                away.detail(),
                pause);
        return tokens.live(now) ? new Usable.Now(credential) : new Usable.Later(pause);
    }

    private Usable broken(Credential credential, ConnectionStore.Lease lease, String reason) {
        if (store.breakOff(credential.org(), lease, reason)) {
            metrics.broken(credential.kind(), reason);
            log.error(
                    "Connection {} of {} is broken ({}): its jobs wait until somebody connects it anew",
                    credential.id(),
                    credential.org(),
                    reason);
        }
        return new Usable.Broken(properties.brokenHold());
    }

    private Optional<OAuthProperties.App> app(Credential credential, OAuthProvider provider) {
        Optional<OAuthProperties.App> app = Optional.empty();
        try {
            app = apps.find(credential.org(), provider.connector());
        } catch (AmbiguousCredentialException e) {
            log.debug("Several OAuth apps", e);
        }
        if (app.isEmpty()) {
            metrics.withoutApp(provider);
            log.error(
                    "Connection {} of {} cannot be refreshed: there is not one OAuth app for {}",
                    credential.id(),
                    credential.org(),
                    provider.connector());
        }
        return app;
    }

    private Optional<OAuthProvider> provider(Credential credential) {
        return catalog.oauth(credential.kind(), worker.connectorSettings());
    }
}
