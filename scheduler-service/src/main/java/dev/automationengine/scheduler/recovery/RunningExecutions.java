package dev.automationengine.scheduler.recovery;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Reads the dispatcher's {@code executions}, of all organizations, in the order of the shard key. */
@Repository
class RunningExecutions {
    private static final String COLLECTION = "executions";

    private final MongoTemplate mongo;

    RunningExecutions(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * A page of executions that have not ended.
     *
     * @param after where the page before ended; null for the first
     * @param unchangedSince only those that have not changed since
     * @param limit most entries
     */
    List<RunningExecution> page(@Nullable RunningExecution after, Instant unchangedSince, int limit) {
        Criteria wanted =
                where("status").in("pending", "in_progress").and("updated_at").lt(unchangedSince);
        if (after != null) {
            String org = after.org().value();
            wanted = wanted.orOperator(
                    where("org_id").gt(org),
                    where("org_id").is(org).and("_id").gt(after.id().value()));
        }
        Query query = Query.query(wanted).with(Sort.by("org_id", "_id")).limit(limit);
        query.fields().include("org_id", "workflow_id", "traceparent", "steps");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(RunningExecution::of)
                .toList();
    }
}
