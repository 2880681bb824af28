package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.vault.ConnectionList;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What an alert goes by. Labels are of manifests and of this engine. */
@Component
class OAuthMetrics {
    private static final int MOST_COUNTED = 10_000;
    private static final List<String> ALARMING = List.of("refused", "no_app", "lost");

    private final ConnectionList connections;
    private final MeterRegistry meters;
    private final AtomicInteger broken;

    OAuthMetrics(ConnectionList connections, MeterRegistry meters) {
        this.connections = connections;
        this.meters = meters;
        this.broken = meters.gauge("engine.oauth.broken.connections", new AtomicInteger());
    }

    void refreshed(OAuthProvider provider, TokenAnswer answer) {
        String outcome = switch (answer) {
            case TokenAnswer.Granted ignored -> "granted";
            case TokenAnswer.Revoked ignored -> "revoked";
            case TokenAnswer.Away away -> away.outcome();
        };
        meters.counter("engine.oauth.refreshes", "connector", provider.connector(), "outcome", outcome)
                .increment();
    }

    /** New tokens could not be stored. */
    void lost(OAuthProvider provider) {
        meters.counter("engine.oauth.refreshes", "connector", provider.connector(), "outcome", "lost")
                .increment();
    }

    /** There is no app to refresh with, or several. */
    void withoutApp(OAuthProvider provider) {
        meters.counter("engine.oauth.refreshes", "connector", provider.connector(), "outcome", "no_app")
                .increment();
    }

    /** A grant was to be taken back. */
    void revocation(String connector, String outcome) {
        meters.counter("engine.oauth.revocations", "connector", connector, "outcome", outcome)
                .increment();
    }

    void broken(String kind, String reason) {
        meters.counter("engine.oauth.broken", "kind", kind, "reason", reason).increment();
    }

    /**
     * Has the counters that an alert goes by at 0 before anything happens: what is there with its first event only is no
     * increase for Prometheus.
     */
    void expect(Collection<String> connectors) {
        connectors.forEach(connector -> ALARMING.forEach(
                outcome -> meters.counter("engine.oauth.refreshes", "connector", connector, "outcome", outcome)));
    }

    /** Counts the broken connections of all organizations. */
    void count() {
        broken.set(connections.broken(MOST_COUNTED));
    }
}
