package dev.automationengine.gateway.openapi;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the fleet's document is put together.
 *
 * @param refresh how old it may be before the services are asked again
 * @param timeout how long one service may take to answer; the first answer after a start takes seconds
 */
@ConfigurationProperties("engine.openapi")
record OpenApiProperties(
        @DefaultValue("30s") Duration refresh,
        @DefaultValue("10s") Duration timeout) {}
