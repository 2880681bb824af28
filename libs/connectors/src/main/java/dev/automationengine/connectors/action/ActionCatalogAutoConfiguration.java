package dev.automationengine.connectors.action;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gives the catalog to every service that uses this library. */
@AutoConfiguration
@EnableConfigurationProperties(ConnectorProperties.class)
class ActionCatalogAutoConfiguration {
    @Bean
    ActionCatalog actionCatalog(ConnectorProperties properties) {
        return ActionCatalog.load(properties.directory());
    }

    @Bean
    @ConditionalOnProperty("engine.connectors.directory")
    ConnectorReload connectorReload(ActionCatalog catalog, ConnectorProperties properties, MeterRegistry meters) {
        return new ConnectorReload(
                catalog,
                new ManifestDirectory(Objects.requireNonNull(properties.directory())),
                properties.reloadEvery(),
                meters);
    }
}
