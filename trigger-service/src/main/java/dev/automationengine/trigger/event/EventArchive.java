package dev.automationengine.trigger.event;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.Retentions;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.EventId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The events of the last weeks, in MongoDB. */
@Component
class EventArchive {
    static final String COLLECTION = "events";
    private static final int DUPLICATE_KEY = 11_000;

    private final MongoOperations mongo;
    private final EventDocuments documents;
    private final Retentions retentions;
    private final Duration retention;
    private final InstantSource clock;

    EventArchive(
            MongoOperations mongo,
            EventDocuments documents,
            Retentions retentions,
            EventProperties properties,
            InstantSource clock) {
        this.retentions = retentions;
        this.mongo = mongo;
        this.documents = documents;
        this.retention = properties.retention();
        this.clock = clock;
    }

    /** Which of these events are there already. */
    Set<EventId> known(Collection<EventRef> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        Set<String> orgs = events.stream().map(e -> e.org().value()).collect(Collectors.toSet());
        Set<String> ids = events.stream().map(e -> e.id().value()).collect(Collectors.toSet());
        Set<EventId> known = new HashSet<>();
        mongo.getCollection(COLLECTION)
                .find(Filters.and(Filters.in("org_id", orgs), Filters.in("_id", ids)))
                .projection(Projections.include("_id"))
                .forEach(found -> known.add(new EventId(found.getString("_id"))));
        return known;
    }

    /** Adds events; those that are there already stay as they are. */
    void add(List<AutomationEvent> events) {
        List<Document> batch = events.stream()
                .map(event ->
                        documents.write(event, clock.instant(), retentions.of(event.orgId(), Kept.EVENTS, retention)))
                .toList();
        try {
            mongo.getCollection(COLLECTION).insertMany(batch, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }
}
