package dev.automationengine.scheduler.parked;

import dev.automationengine.kit.mongo.CollectionIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** The index of {@code scheduled_jobs}; by id it is found through the shard key. */
@Configuration(proxyBeanMethods = false)
class ParkedIndexes {
    /** For the page-in, which asks for all organizations at once. */
    @Bean
    CollectionIndex parkedByDueTime() {
        return new CollectionIndex(ParkedJobs.COLLECTION, new Index(ParkedDocuments.DUE_AT, Direction.ASC));
    }
}
