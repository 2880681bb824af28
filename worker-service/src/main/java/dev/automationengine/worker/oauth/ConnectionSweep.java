package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ConnectorDescriptor;
import dev.automationengine.connectors.action.CredentialKind;
import dev.automationengine.connectors.vault.ConnectionList;
import dev.automationengine.kit.background.BackgroundService;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Refreshes connections that nobody uses, since refresh tokens die of disuse, and counts the broken ones. Every worker
 * does so: the lease of a connection lets one of them through.
 */
@Component
class ConnectionSweep implements BackgroundService {
    private static final int PAGE = 100;

    private final ActionCatalog catalog;
    private final ConnectionList list;
    private final Connections connections;
    private final OAuthMetrics metrics;
    private final OAuthProperties properties;

    ConnectionSweep(
            ActionCatalog catalog,
            ConnectionList list,
            Connections connections,
            OAuthMetrics metrics,
            OAuthProperties properties) {
        this.catalog = catalog;
        this.list = list;
        this.connections = connections;
        this.metrics = metrics;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public Duration round() {
        metrics.count();
        List<ConnectorDescriptor> connectors = catalog.connectors().stream()
                .filter(connector -> connector.credential().oauth())
                .toList();
        metrics.expect(connectors.stream().map(ConnectorDescriptor::id).toList());
        List<String> kinds = connectors.stream()
                .map(ConnectorDescriptor::credential)
                .map(CredentialKind::kind)
                .toList();
        list.idle(kinds, PAGE).forEach(connections::keepAlive);
        return properties.sweepEvery();
    }
}
