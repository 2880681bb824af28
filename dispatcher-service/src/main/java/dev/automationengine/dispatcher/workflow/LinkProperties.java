package dev.automationengine.dispatcher.workflow;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the engine is reached from outside.
 *
 * @param publicUrl base of the links that are sent to people and machines: the gateway as they see it
 */
@Validated
@ConfigurationProperties("engine")
record LinkProperties(@NotNull URI publicUrl) {}
