package dev.automationengine.dispatcher.trial;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The collections {@code replays} and {@code replay_results}. A replay is changed by compare-and-set on its revision; a
 * result is known by replay and event, so whoever does a page again adds nothing.
 */
@Component
class ReplayStore {
    static final String REPLAYS = "replays";
    static final String RESULTS = "replay_results";
    static final String NEXT_AT = "next_at";
    static final String EXPIRE_AT = "expire_at";
    private static final String ID = "_id";
    private static final String ORG = "org_id";

    private final MongoOperations mongo;
    private final ReplayDocuments documents;

    ReplayStore(MongoOperations mongo, ReplayDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
    }

    /** Stores a new replay; one with that id stays as it is. */
    void insert(Replay replay) {
        try {
            replays().insertOne(documents.document(replay));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    /** Replaces it if nobody changed it since; tells whether it did. */
    boolean replace(Replay before, Replay after) {
        Bson same = and(eq(ID, before.id()), eq(ORG, before.orgId().value()), eq("rev", before.rev()));
        return replays().replaceOne(same, documents.document(after)).getMatchedCount() == 1;
    }

    Optional<Replay> find(OrgId org, String id) {
        return Optional.ofNullable(
                        replays().find(and(eq(ID, id), eq(ORG, org.value()))).first())
                .map(documents::replay);
    }

    /** Replays of an organization, newest first. */
    List<Replay> list(OrgId org, @Nullable Instant before, @Nullable String beforeId, int limit) {
        Bson from = eq(ORG, org.value());
        if (before != null && beforeId != null) {
            Date time = Date.from(before);
            from = and(from, or(lt("created_at", time), and(eq("created_at", time), lt(ID, beforeId))));
        }
        return replays()
                .find(from)
                .sort(Sorts.descending("created_at", ID))
                .limit(limit)
                .map(documents::replay)
                .into(new ArrayList<>());
    }

    /** Replays whose next page is due, of all organizations: it is the service's own housekeeping. */
    List<Replay> due(Instant now, int limit) {
        return replays()
                .find(lte(NEXT_AT, Date.from(now)))
                .comment(Sweep.DUE_REPLAYS.comment())
                .sort(Sorts.ascending(NEXT_AT))
                .limit(limit)
                .map(documents::replay)
                .into(new ArrayList<>());
    }

    /** Adds results; those that are there already stay as they are. */
    void add(Replay replay, List<ReplayResult> results) {
        if (results.isEmpty()) {
            return;
        }
        List<Document> batch =
                results.stream().map(result -> documents.result(replay, result)).toList();
        try {
            results().insertMany(batch, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(each -> each.getCategory() != ErrorCategory.DUPLICATE_KEY)
                    || e.getWriteConcernError() != null) {
                throw e;
            }
        }
    }

    /** Results of a replay, by event. */
    List<ReplayResult> results(
            OrgId org, String replay, ReplayResult.@Nullable Outcome outcome, String after, int limit) {
        List<Bson> filters =
                new ArrayList<>(List.of(eq(ORG, org.value()), gt(ID, replay + ":" + after), lt(ID, replay + ";")));
        if (outcome != null) {
            filters.add(eq("outcome", ReplayDocuments.name(outcome)));
        }
        return results()
                .find(and(filters))
                .sort(Sorts.ascending(ID))
                .limit(limit)
                .map(documents::result)
                .into(new ArrayList<>());
    }

    private MongoCollection<Document> replays() {
        return mongo.getCollection(REPLAYS);
    }

    private MongoCollection<Document> results() {
        return mongo.getCollection(RESULTS);
    }
}
