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
 * @param allowedHosts host names that may be called whatever their addresses are, without wildcards; only names whose
 *     DNS the operator owns
 * @param deniedNetworks networks (CIDR) that are never called, even where something above allows them: for instance
 *     the installation's own public addresses
 * @param connectTimeout how long connecting may take, TLS included
 * @param maxConnections most open connections
 * @param maxConnectionsPerHost most open connections to one host
 * @param maxAnswer most bytes of an answer's body, decompressed; a longer one counts as a failure
 * @param contentTypes media types of answers whose bodies are kept ({@code *} stands for any text); others are read and
 *     dropped. An answer that names no type is kept
 * @param maxRedirects most redirects that one call follows, where the request asks for it
 * @param breakerCalls calls of a host that its circuit breaker looks back on; fewer decide nothing
 * @param breakerFailureRate percentage of failed calls (no answer, or 5xx) that opens the breaker
 * @param breakerPause how long an open breaker lets nothing through
 */
@ConfigurationProperties("engine.outbound")
public record OutboundProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue List<String> deniedNetworks,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("500") int maxConnections,
        @DefaultValue("100") int maxConnectionsPerHost,
        @DefaultValue("1MB") DataSize maxAnswer,

        @DefaultValue({
            "text/*",
            "application/json",
            "application/*+json",
            "application/x-ndjson",
            "application/xml",
            "application/*+xml",
            "application/yaml",
            "application/javascript",
            "application/x-www-form-urlencoded"
        })
        List<String> contentTypes,

        @DefaultValue("5") int maxRedirects,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("50") int breakerFailureRate,
        @DefaultValue("15s") Duration breakerPause) {
    private static final int BREAKER_CALLS = 20;
    private static final int BREAKER_FAILURE_RATE = 50;

    /** Copies the lists. */
    public OutboundProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
        allowedHosts = List.copyOf(allowedHosts);
        deniedNetworks = List.copyOf(deniedNetworks);
        contentTypes = List.copyOf(contentTypes);
    }

    /**
     * Settings for calls to a host that the operator chose, not a tenant: it may be in any network.
     *
     * @param connections most open connections
     * @param breakerPause how long an open breaker lets nothing through
     */
    public static OutboundProperties toOperatorsHost(
            Duration connectTimeout, int connections, DataSize maxAnswer, Duration breakerPause) {
        return new OutboundProperties(
                List.of("0.0.0.0/0", "::/0"),
                List.of(),
                List.of(),
                connectTimeout,
                connections,
                connections,
                maxAnswer,
                List.of("*"),
                0,
                BREAKER_CALLS,
                BREAKER_FAILURE_RATE,
                breakerPause);
    }
}
