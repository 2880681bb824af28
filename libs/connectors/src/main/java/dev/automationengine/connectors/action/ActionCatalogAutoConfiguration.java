package dev.automationengine.connectors.action;

import org.springframework.boot.autoconfigure.AutoConfiguration;
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
}
