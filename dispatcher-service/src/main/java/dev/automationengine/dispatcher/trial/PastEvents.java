package dev.automationengine.dispatcher.trial;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.Sorts;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the archive of events, which the trigger-service owns and alone writes. */
@Component
class PastEvents {
    private static final String EVENTS = "events";
    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String RECEIVED_AT = "received_at";

    private final MongoOperations mongo;
    private final JsonMapper json;

    PastEvents(MongoOperations mongo, JsonMapper json) {
        this.mongo = mongo;
        this.json = json;
    }

    /** An event, and its place in time. */
    record Kept(AutomationEvent event, Replay.Position position) {}

    /** An event of an organization; empty if there is none, or not any more. */
    Optional<AutomationEvent> find(OrgId org, EventId id) {
        return Optional.ofNullable(mongo.getCollection(EVENTS)
                        .find(and(eq(ID, id.value()), eq(ORG, org.value())))
                        .first())
                .map(this::event);
    }

    /**
     * Events of an organization in the order in which they were received.
     *
     * @param triggerType only those that such a trigger may listen to
     * @param after where the page before ended; null: at the beginning
     */
    List<Kept> page(OrgId org, String triggerType, EventRange range, Replay.@Nullable Position after, int limit) {
        List<Bson> filters = new ArrayList<>(List.of(
                eq(ORG, org.value()),
                gte(RECEIVED_AT, Date.from(after == null ? range.from() : after.receivedAt())),
                lt(RECEIVED_AT, Date.from(range.to())),
                eq("trigger_type", triggerType)));
        if (after != null) {
            Date time = Date.from(after.receivedAt());
            filters.add(or(gt(RECEIVED_AT, time), and(eq(RECEIVED_AT, time), gt(ID, after.id()))));
        }
        if (range.type() != null) {
            filters.add(eq("type", range.type()));
        }
        if (range.source() != null) {
            filters.add(eq("source", range.source()));
        }
        return mongo.getCollection(EVENTS)
                .find(and(filters))
                .sort(Sorts.ascending(RECEIVED_AT, ID))
                .limit(limit)
                .map(document -> new Kept(
                        event(document), new Replay.Position(instant(document, RECEIVED_AT), document.getString(ID))))
                .into(new ArrayList<>());
    }

    private AutomationEvent event(Document document) {
        return new AutomationEvent(
                AutomationEvent.SPEC_VERSION,
                new EventId(document.getString(ID)),
                document.getString("source"),
                document.getString("type"),
                document.getString("subject"),
                instant(document, "time"),
                AutomationEvent.JSON,
                new OrgId(document.getString(ORG)),
                document.getString("trigger_type"),
                document.getString("traceparent"),
                json.readValue(document.getString("data"), AutomationEvent.Data.class));
    }

    private static Instant instant(Document document, String member) {
        return Objects.requireNonNull(document.getDate(member), member).toInstant();
    }
}
