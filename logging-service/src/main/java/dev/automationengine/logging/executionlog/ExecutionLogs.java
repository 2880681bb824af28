package dev.automationengine.logging.executionlog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Reads the log of executions. */
@Repository
class ExecutionLogs {
    /** The collection. */
    static final String COLLECTION = "execution_logs";

    private static final long MAX_SECONDS = 5;

    private final MongoTemplate mongo;
    private final LogDocuments documents;

    ExecutionLogs(MongoTemplate mongo, LogDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
    }

    Optional<ExecutionLog> find(OrgId org, ExecutionId id) {
        Bson one = and(eq("_id", id.value()), eq("org_id", org.value()));
        return LogReads.available(
                        () -> Optional.ofNullable(collection().find(one).first()))
                .map(document -> documents.read(document, ExecutionLog.class));
    }

    /** The execution if its revision is higher than the one seen; one look-up by its id. */
    Optional<ExecutionLog> findNewer(OrgId org, ExecutionId id, long seen) {
        Bson newer = and(eq("_id", id.value()), eq("org_id", org.value()), gt("rev", seen));
        return LogReads.available(
                        () -> Optional.ofNullable(collection().find(newer).first()))
                .map(document -> documents.read(document, ExecutionLog.class));
    }

    /** The newest executions first; up to one more than the limit, to tell whether there is a next page. */
    List<ExecutionSummary> list(OrgId org, ExecutionFilter filter, int limit) {
        return LogReads.available(() -> collection()
                .find(wanted(org, filter))
                .projection(Projections.include(ExecutionSummary.FIELDS))
                .sort(descending("created_at", "_id"))
                .limit(limit + 1)
                .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                .map(document -> documents.read(document, ExecutionSummary.class))
                .into(new ArrayList<>()));
    }

    private static Bson wanted(OrgId org, ExecutionFilter filter) {
        List<Bson> conditions = new ArrayList<>();
        conditions.add(eq("org_id", org.value()));
        if (filter.workflowId() != null) {
            conditions.add(eq("workflow_id", filter.workflowId().value()));
        }
        if (filter.status() != null) {
            conditions.add(eq("status", filter.status()));
        }
        if (filter.triggerType() != null) {
            conditions.add(eq("trigger_type", filter.triggerType()));
        }
        if (filter.eventId() != null) {
            conditions.add(eq("event_id", filter.eventId().value()));
        }
        if (filter.from() != null) {
            conditions.add(gte("created_at", Date.from(filter.from())));
        }
        if (filter.to() != null) {
            conditions.add(lt("created_at", Date.from(filter.to())));
        }
        ExecutionFilter.Position after = filter.after();
        if (after != null) {
            Date time = new Date(after.createdAtMillis());
            conditions.add(or(
                    lt("created_at", time),
                    and(eq("created_at", time), lt("_id", after.executionId().value()))));
        }
        return and(conditions);
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }
}
