package dev.automationengine.trigger;

import dev.automationengine.kit.mongo.CollectionIndex;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.retention.Kept;
import java.time.Duration;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.index.CompoundIndexDefinition;
import org.springframework.data.mongodb.core.index.Index;

/** The indexes of the collections that this service owns. */
@Configuration(proxyBeanMethods = false)
class TriggerIndexes {
    @Bean
    CollectionIndex eventsByTime() {
        return new CollectionIndex(
                "events",
                new CompoundIndexDefinition(
                        new Document("org_id", 1).append("received_at", -1).append("_id", -1)));
    }

    /** Organizations say how long they are kept. */
    @Bean
    Kept keptEvents() {
        return Kept.EVENTS;
    }

    @Bean
    CollectionIndex eventsByPerson() {
        return SubjectIndex.index("events");
    }

    @Bean
    CollectionIndex eventsExpire() {
        return new CollectionIndex("events", expiry());
    }

    @Bean
    CollectionIndex unroutedExpire() {
        return new CollectionIndex("unrouted_events", expiry());
    }

    @Bean
    CollectionIndex leadsByTime() {
        return new CollectionIndex(
                "leads",
                new CompoundIndexDefinition(
                        new Document("org_id", 1).append("received_at", -1).append("_id", -1)));
    }

    @Bean
    CollectionIndex leadsByDay() {
        return new CollectionIndex(
                "leads",
                new CompoundIndexDefinition(
                        new Document("org_id", 1).append("day", -1).append("form_id", 1)));
    }

    @Bean
    CollectionIndex leadsExpire() {
        return new CollectionIndex("leads", expiry());
    }

    private static Index expiry() {
        return new Index("expire_at", Sort.Direction.ASC).expire(Duration.ZERO);
    }
}
