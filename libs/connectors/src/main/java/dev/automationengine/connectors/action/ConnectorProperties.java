package dev.automationengine.connectors.action;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Connectors beside those of this library.
 *
 * @param directory where manifests lie, {@code *.yaml}, read at start by dispatcher and workers alike; null: nowhere
 */
@ConfigurationProperties("engine.connectors")
public record ConnectorProperties(@Nullable Path directory) {}
