package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ConnectorDescriptor;
import dev.automationengine.connectors.action.CredentialKind;
import dev.automationengine.connectors.vault.ConnectionStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Refreshes connections that nobody uses, since refresh tokens die of disuse, and counts the broken ones. Every worker
 * does so: the lease of a connection lets one of them through.
 */
@Component
class ConnectionSweep implements SmartLifecycle {
    private static final int PAGE = 100;
    private static final Logger log = LoggerFactory.getLogger(ConnectionSweep.class);

    private final ActionCatalog catalog;
    private final ConnectionStore store;
    private final Connections connections;
    private final OAuthMetrics metrics;
    private final OAuthProperties properties;
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    ConnectionSweep(
            ActionCatalog catalog,
            ConnectionStore store,
            Connections connections,
            OAuthMetrics metrics,
            OAuthProperties properties) {
        this.catalog = catalog;
        this.store = store;
        this.connections = connections;
        this.metrics = metrics;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("connection-sweep").start(this::loop);
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        while (running) {
            try {
                Thread.sleep(properties.sweepEvery());
                look();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("The sweep of connections is tried again in {}", properties.sweepEvery(), e);
            }
        }
    }

    void look() {
        metrics.count();
        List<String> kinds = catalog.connectors().stream()
                .map(ConnectorDescriptor::credential)
                .filter(CredentialKind::oauth)
                .map(CredentialKind::kind)
                .toList();
        store.idle(kinds, PAGE).forEach(connections::keepAlive);
    }
}
