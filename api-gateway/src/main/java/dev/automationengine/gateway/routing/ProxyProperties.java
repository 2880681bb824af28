package dev.automationengine.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How requests are forwarded.
 *
 * @param connectTimeout how long a connection to a service may take
 * @param responseTimeout how long a service may take to answer; above what Kafka may take to confirm a webhook
 * @param maxBody largest body of a request; Meta's deliveries hold at most 1000 changes and stay far below
 * @param sslBundle certificate and trusted authority for calls of services over TLS ({@code spring.ssl.bundle}); none: plain
 *     HTTP, or TLS without a certificate of its own
 */
@ConfigurationProperties("engine.proxy")
record ProxyProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("") String sslBundle) {}
