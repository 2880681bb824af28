package dev.automationengine.gateway.apikey;

import dev.automationengine.kit.mongo.CollectionIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Indexes of the API keys. */
@Configuration(proxyBeanMethods = false)
class ApiKeyIndexes {
    @Bean
    CollectionIndex apiKeysOfOrganization() {
        return new CollectionIndex(
                ApiKey.COLLECTION,
                new Index().on("org_id", Direction.ASC).on("_id", Direction.ASC).named("org"));
    }
}
