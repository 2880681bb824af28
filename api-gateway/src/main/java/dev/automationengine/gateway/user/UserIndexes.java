package dev.automationengine.gateway.user;

import dev.automationengine.kit.mongo.CollectionIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** Indexes of the users. */
@Configuration(proxyBeanMethods = false)
class UserIndexes {
    /** For lists, where the collection is not sharded; where it is, the shard key serves them. */
    @Bean
    CollectionIndex usersOfOrganization() {
        return new CollectionIndex(
                User.COLLECTION,
                new Index()
                        .on("org_id", Direction.ASC)
                        .on("email", Direction.ASC)
                        .named("email"));
    }
}
