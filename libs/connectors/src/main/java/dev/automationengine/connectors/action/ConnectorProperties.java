package dev.automationengine.connectors.action;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connectors beside those of this library.
 *
 * @param directory where manifests lie, {@code *.yaml}, for dispatcher and workers alike; null: nowhere
 * @param reloadEvery pause between two looks at the directory
 * @param unknownWait how long a worker lets jobs wait whose action it does not know: the directories of services do not
 *     change at the same time
 */
@ConfigurationProperties("engine.connectors")
public record ConnectorProperties(
        @Nullable Path directory,
        @DefaultValue("10s") Duration reloadEvery,
        @DefaultValue("2m") Duration unknownWait) {}
