package dev.automationengine.scheduler.schedule;

import dev.automationengine.kit.mongo.CollectionIndex;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/** The index of {@code schedules}; by id and by organization they are found through the shard key. */
@Configuration(proxyBeanMethods = false)
class ScheduleIndexes {
    /** For the clock, which asks for all organizations at once; what is not active has no next time. */
    @Bean
    CollectionIndex schedulesByNextTime() {
        return new CollectionIndex(
                ScheduleStore.COLLECTION, new Index(ScheduleDocuments.NEXT_AT, Direction.ASC).sparse());
    }
}
