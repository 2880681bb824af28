package dev.automationengine.connectors.http;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of calls to third parties.
 *
 * @param allowedNetworks networks (CIDR) that may be called though they are not public, for instance
 *     {@code 10.1.0.0/16}; none by default
 * @param connectTimeout how long connecting may take, TLS included
 * @param maxConnections most open connections
 * @param maxConnectionsPerHost most open connections to one host
 * @param maxAnswer most bytes of an answer's body, decompressed; a longer one counts as a failure
 * @param breakerCalls calls of a host that its circuit breaker looks back on; fewer decide nothing
 * @param breakerFailureRate percentage of failed calls (no answer, or 5xx) that opens the breaker
 * @param breakerPause how long an open breaker lets nothing through
 */
@ConfigurationProperties("engine.outbound")
public record OutboundProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("500") int maxConnections,
        @DefaultValue("100") int maxConnectionsPerHost,
        @DefaultValue("1MB") DataSize maxAnswer,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("50") int breakerFailureRate,
        @DefaultValue("15s") Duration breakerPause) {
    /** Copies the list. */
    public OutboundProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
