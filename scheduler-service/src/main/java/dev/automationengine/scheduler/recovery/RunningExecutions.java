package dev.automationengine.scheduler.recovery;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.cursor.TimeoutMode;
import com.mongodb.client.model.Projections;
import dev.automationengine.kit.mongo.Sweep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Reads the dispatcher's {@code executions} that have not ended, of all organizations, each time by one query. */
@Repository
class RunningExecutions {
    private static final String COLLECTION = "executions";
    private static final int SCAN_SECONDS = 120;
    private static final Bson MEMBERS =
            Projections.include("org_id", "workflow_id", "traceparent", "status", "updated_at", "steps");

    private final MongoTemplate mongo;

    RunningExecutions(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * All of them.
     *
     * @param page how many are given at once
     * @param each takes a page
     */
    void all(int page, Consumer<List<RunningExecution>> each) {
        read(Query.query(running()), page, each);
    }

    /**
     * A part of those that have not changed since a time, in the order of the shard key.
     *
     * @param after where the part before ended; null for the first
     * @param most most executions
     * @param page how many are given at once
     * @param each takes a page
     */
    void unchangedSince(
            Instant time, @Nullable RunningExecution after, int most, int page, Consumer<List<RunningExecution>> each) {
        Criteria wanted = running().and("updated_at").lt(time);
        if (after != null) {
            String org = after.org().value();
            wanted = wanted.orOperator(
                    where("org_id").gt(org),
                    where("org_id").is(org).and("_id").gt(after.id().value()));
        }
        read(Query.query(wanted).with(Sort.by("org_id", "_id")).limit(most), page, each);
    }

    private void read(Query query, int page, Consumer<List<RunningExecution>> each) {
        // Where no index helps, a look through millions takes longer than a usual answer may.
        try (MongoCursor<Document> cursor = mongo.getCollection(COLLECTION)
                .withTimeout(SCAN_SECONDS, TimeUnit.SECONDS)
                .find(query.getQueryObject())
                .comment(Sweep.RUNNING_EXECUTIONS.comment())
                .projection(MEMBERS)
                .sort(query.getSortObject())
                .limit(query.getLimit())
                .timeoutMode(TimeoutMode.ITERATION)
                .batchSize(page)
                .iterator()) {
            List<RunningExecution> collected = new ArrayList<>(page);
            while (cursor.hasNext()) {
                collected.add(RunningExecution.of(cursor.next()));
                if (collected.size() == page || !cursor.hasNext()) {
                    each.accept(List.copyOf(collected));
                    collected.clear();
                }
            }
        }
    }

    private static Criteria running() {
        return where("status").in("pending", "in_progress");
    }
}
