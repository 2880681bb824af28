package dev.automationengine.polling;

import dev.automationengine.kit.mongo.CollectionIndex;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.source.SourceStates;
import java.time.Duration;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.index.CompoundIndexDefinition;
import org.springframework.data.mongodb.core.index.Index;

/** The indexes of the collections that this service owns. */
@Configuration(proxyBeanMethods = false)
class PollingIndexes {
    @Bean
    CollectionIndex pollStatesByOrganization() {
        return new CollectionIndex(
                PollStates.COLLECTION, new CompoundIndexDefinition(new Document("org_id", 1).append("_id", 1)));
    }

    @Bean
    CollectionIndex sourceStatesByOrganization() {
        return new CollectionIndex(
                SourceStates.COLLECTION, new CompoundIndexDefinition(new Document("org_id", 1).append("_id", 1)));
    }

    @Bean
    CollectionIndex sourceStatesExpire() {
        return new CollectionIndex(
                SourceStates.COLLECTION, new Index("expire_at", Sort.Direction.ASC).expire(Duration.ZERO));
    }

    @Bean
    CollectionIndex pollStatesExpire() {
        return new CollectionIndex(
                PollStates.COLLECTION, new Index("expire_at", Sort.Direction.ASC).expire(Duration.ZERO));
    }
}
