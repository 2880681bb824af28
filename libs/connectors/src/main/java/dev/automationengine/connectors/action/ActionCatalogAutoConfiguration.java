package dev.automationengine.connectors.action;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Gives the catalog of actions to every service that uses this library. */
@AutoConfiguration
class ActionCatalogAutoConfiguration {
    @Bean
    ActionCatalog actionCatalog() {
        return ActionCatalog.load();
    }
}
