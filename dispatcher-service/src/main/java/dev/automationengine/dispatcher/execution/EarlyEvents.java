package dev.automationengine.dispatcher.execution;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.automationengine.dispatcher.execution.EventWaits.EventWait;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The collection {@code early_events}: events of the last minutes that a step may begin to wait for only now, such as the
 * delivery of a message that was just sent. Who keeps an event looks for waits afterwards, and who stores a wait looks for
 * events afterwards, so at least one of the two finds the other.
 */
@Component
public class EarlyEvents {
    static final String COLLECTION = "early_events";

    /** A step begins to wait within milliseconds, or when what is down is up again. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final int DUPLICATE_KEY = 11_000;
    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String EVENT = "event_id";

    private final MongoOperations mongo;
    private final InstantSource clock;

    EarlyEvents(MongoOperations mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Keeps events by what they have in common with waits, by one write; of several of a key the first stays. */
    public void keep(Map<String, AutomationEvent> byKey) {
        if (byKey.isEmpty()) {
            return;
        }
        Date expiry = Date.from(clock.instant().plus(KEPT));
        List<Document> documents = new ArrayList<>();
        byKey.forEach((key, event) -> documents.add(new Document(ID, key)
                .append(ORG, event.orgId().value())
                .append(EVENT, event.id().value())
                .append("payload", new Document(event.data().payload()))
                .append("traceparent", event.traceparent())
                .append("expire_at", expiry)));
        try {
            events().insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /** What ends waits that have just been stored, by one query for each organization. */
    Map<EventWait, StepEvent> answers(List<EventWait> waits) {
        Map<EventWait, StepEvent> answers = new HashMap<>();
        Map<OrgId, List<EventWait>> byOrg = waits.stream().collect(Collectors.groupingBy(EventWait::org));
        byOrg.forEach((org, own) -> {
            Map<String, Document> found = new HashMap<>();
            events().find(and(
                            eq(ORG, org.value()),
                            in(ID, own.stream().map(EventWait::key).toList())))
                    .forEach(document -> found.put(document.getString(ID), document));
            own.stream().filter(wait -> found.containsKey(wait.key())).forEach(wait -> {
                Document event = found.get(wait.key());
                if (event != null
                        && !event.getString(EVENT).equals(wait.startedBy().value())) {
                    answers.put(wait, answer(wait, event));
                }
            });
        });
        return answers;
    }

    private StepEvent answer(EventWait wait, Document event) {
        return new StepEvent.Resumed(
                wait.job(),
                wait.org(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                event.getString(EVENT),
                null,
                new LinkedHashMap<>(event.get("payload", Document.class)),
                event.getString("traceparent"));
    }

    private MongoCollection<Document> events() {
        return mongo.getCollection(COLLECTION);
    }
}
