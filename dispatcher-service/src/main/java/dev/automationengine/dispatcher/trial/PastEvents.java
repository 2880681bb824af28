package dev.automationengine.dispatcher.trial;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the archive of events, which the trigger-service owns and alone writes. */
@Component
class PastEvents {
    private static final String EVENTS = "events";

    private final MongoOperations mongo;
    private final JsonMapper json;

    PastEvents(MongoOperations mongo, JsonMapper json) {
        this.mongo = mongo;
        this.json = json;
    }

    /** An event of an organization; empty if there is none, or not any more. */
    Optional<AutomationEvent> find(OrgId org, EventId id) {
        return Optional.ofNullable(mongo.getCollection(EVENTS)
                        .find(and(eq("_id", id.value()), eq("org_id", org.value())))
                        .first())
                .map(this::event);
    }

    private AutomationEvent event(Document document) {
        Instant time = Objects.requireNonNull(document.getDate("time")).toInstant();
        return new AutomationEvent(
                AutomationEvent.SPEC_VERSION,
                new EventId(document.getString("_id")),
                document.getString("source"),
                document.getString("type"),
                document.getString("subject"),
                time,
                AutomationEvent.JSON,
                new OrgId(document.getString("org_id")),
                document.getString("trigger_type"),
                document.getString("traceparent"),
                json.readValue(document.getString("data"), AutomationEvent.Data.class));
    }
}
