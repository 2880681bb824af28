package dev.automationengine.scheduler.recovery;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
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
        query.cursorBatchSize(page)
                .fields()
                .include("org_id", "workflow_id", "traceparent", "status", "updated_at", "steps");
        try (Stream<Document> documents = mongo.stream(query, Document.class, COLLECTION)) {
            List<RunningExecution> collected = new ArrayList<>(page);
            Iterator<Document> iterator = documents.iterator();
            while (iterator.hasNext()) {
                collected.add(RunningExecution.of(iterator.next()));
                if (collected.size() == page || !iterator.hasNext()) {
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
