package dev.automationengine.dispatcher.execution;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The collection {@code event_waits}: steps that wait for an event, by what they have in common with it. It says where to
 * look; whether a step still waits, its execution says.
 */
@Component
public class EventWaits {
    /** The collection. */
    public static final String COLLECTION = "event_waits";

    /** Of one key, in one look: a look that finds so many is followed by another. */
    static final int MOST = 1_000;

    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String KEY = "key";
    private static final int DUPLICATE_KEY = 11_000;

    /** Beyond the end of the wait, so that clocks that differ do not matter. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final MongoOperations mongo;

    EventWaits(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * A step that waits.
     *
     * @param job the step
     * @param org the organization
     * @param key what it has in common with the event
     * @param startedBy the event that started its execution, which never ends its wait
     * @param until when it stops
     */
    public record EventWait(JobId job, OrgId org, String key, EventId startedBy, Instant until) {}

    /** Stores waits by one write; one that is stored already stays. */
    void add(List<EventWait> waits) {
        if (waits.isEmpty()) {
            return;
        }
        List<Document> documents = waits.stream().map(EventWaits::document).toList();
        try {
            waits().insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /** The waits of some keys, at most {@value #MOST}, by one query for each organization. */
    public List<EventWait> find(Map<OrgId, Set<String>> keys) {
        List<EventWait> found = new ArrayList<>();
        keys.forEach((org, wanted) -> waits().find(and(eq(ORG, org.value()), in(KEY, wanted)))
                .limit(MOST)
                .forEach(document -> found.add(wait(document))));
        return found;
    }

    /** Forgets waits, by one write for each organization. */
    public void remove(Collection<EventWait> waits) {
        waits.stream().map(EventWait::org).distinct().forEach(org -> {
            List<String> ids = waits.stream()
                    .filter(wait -> wait.org().equals(org))
                    .map(wait -> wait.job().toString())
                    .toList();
            Bson these = and(eq(ORG, org.value()), in(ID, ids));
            waits().deleteMany(these);
        });
    }

    private static Document document(EventWait wait) {
        return new Document(ID, wait.job().toString())
                .append(ORG, wait.org().value())
                .append(KEY, wait.key())
                .append("started_by", wait.startedBy().value())
                .append("until", Date.from(wait.until()))
                .append("expire_at", Date.from(wait.until().plus(GRACE)));
    }

    private static EventWait wait(Document document) {
        return new EventWait(
                JobId.parse(document.getString(ID)),
                new OrgId(document.getString(ORG)),
                document.getString(KEY),
                new EventId(document.getString("started_by")),
                document.getDate("until").toInstant());
    }

    private MongoCollection<Document> waits() {
        return mongo.getCollection(COLLECTION);
    }
}
