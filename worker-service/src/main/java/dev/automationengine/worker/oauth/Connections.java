package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.vault.ConnectionList;
import dev.automationengine.connectors.vault.ConnectionStore;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives connections whose access tokens are good. Of all that need a new token at a time one in this process asks
 * ({@link TokenRefresh}), and of all processes the one that has the lease. While the old token lives nobody waits.
 */
@Component
public class Connections {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final TokenRefresh refresh;
    private final ConnectionStore store;
    private final InstantSource clock;
    private final OAuthProperties properties;
    /** Of its own, so that an attempt that is interrupted loses no tokens that are on their way. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Map<Key, CompletableFuture<Usable>> running = new ConcurrentHashMap<>();

    Connections(TokenRefresh refresh, ConnectionStore store, InstantSource clock, OAuthProperties properties) {
        this.refresh = refresh;
        this.store = store;
        this.clock = clock;
        this.properties = properties;
    }

    private record Key(OrgId org, CredentialId id) {}

    /** The credential as it may be used now; one that is no connection by OAuth always may. */
    public Usable usable(Credential credential) {
        Instant now = clock.instant();
        Optional<ConnectionTokens> found = ConnectionTokens.of(credential).filter(ignored -> refresh.knows(credential));
        if (found.isEmpty()) {
            return new Usable.Now(credential);
        }
        ConnectionTokens tokens = found.get();
        if (tokens.brokenAt() != null) {
            return new Usable.Broken(properties.brokenHold());
        }
        if (!tokens.live(now)) {
            return awaited(start(credential));
        }
        if (tokens.due(now)) {
            start(credential);
        }
        return new Usable.Now(credential);
    }

    /**
     * What to use instead of a credential whose access token was refused though its time is not over; empty if it is
     * no connection by OAuth.
     */
    public Optional<Usable> refused(Credential credential) {
        return refresh.knows(credential) && ConnectionTokens.of(credential).isPresent()
                ? Optional.of(awaited(start(credential)))
                : Optional.empty();
    }

    /** Whether an error of that code says that a connection's access token is no good, as the status 401 does. */
    public boolean refuses(Credential credential, String code) {
        return ConnectionTokens.of(credential).isPresent() && refresh.refuses(credential, code);
    }

    /** Says that a new access token was refused, too: a person must look. */
    public Usable.Broken refusedAgain(Credential credential) {
        refresh.giveUp(credential);
        return new Usable.Broken(properties.brokenHold());
    }

    /** Refreshes a connection that nobody uses. */
    void keepAlive(ConnectionList.Idle idle) {
        store.read(idle.org(), idle.id())
                .map(ConnectionStore.Stored::credential)
                .filter(refresh::knows)
                .filter(credential -> ConnectionTokens.of(credential).isPresent())
                .ifPresent(credential -> awaited(start(credential)));
    }

    private CompletableFuture<Usable> start(Credential credential) {
        Key key = new Key(credential.org(), credential.id());
        CompletableFuture<Usable> mine = new CompletableFuture<>();
        CompletableFuture<Usable> theirs = running.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs;
        }
        threads.execute(() -> {
            try {
                mine.complete(refresh.run(credential));
            } catch (RuntimeException e) {
                log.error("Connection {} of {} could not be refreshed now", credential.id(), credential.org(), e);
                mine.complete(new Usable.Later(SHORT));
            } finally {
                running.remove(key, mine);
            }
        });
        return mine;
    }

    private Usable awaited(CompletableFuture<Usable> refreshed) {
        try {
            return refreshed.get(properties.lease().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Usable.Later(SHORT);
        } catch (TimeoutException | ExecutionException e) {
            return new Usable.Later(SHORT);
        }
    }

    /** Waits for refreshes under way: their tokens must be stored. */
    @PreDestroy
    void close() {
        threads.close();
    }
}
