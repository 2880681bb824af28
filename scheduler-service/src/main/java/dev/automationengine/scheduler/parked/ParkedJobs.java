package dev.automationengine.scheduler.parked;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.cursor.TimeoutMode;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.EstimatedDocumentCountOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.execution.ScheduledJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** The collection {@code scheduled_jobs}, which the scheduler alone writes. */
@Repository
class ParkedJobs {
    static final String COLLECTION = "scheduled_jobs";

    private static final int SCAN_SECONDS = 120;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoTemplate mongo;
    private final ParkedDocuments documents;

    ParkedJobs(MongoTemplate mongo, ParkedDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
    }

    /**
     * Stores jobs of different ids by one round trip. One that is there for the same attempt, or a later one, stays.
     *
     * @throws RuntimeException if MongoDB is away; all may be stored again
     */
    void put(Collection<ScheduledJob> jobs) {
        List<ScheduledJob> all = List.copyOf(jobs);
        if (all.isEmpty()) {
            return;
        }
        try {
            write(all, true);
        } catch (MongoBulkWriteException e) {
            requireOnlyDuplicates(e);
            // The upsert met its own id: what is stored is of this attempt or a later one, unless it was inserted just
            // now by a replica that had the partition before. So once more, where there is something to replace.
            write(
                    e.getWriteErrors().stream()
                            .map(error -> all.get(error.getIndex()))
                            .toList(),
                    false);
        }
    }

    private void write(List<ScheduledJob> jobs, boolean insertIfAbsent) {
        UpdateOptions options = new UpdateOptions().upsert(insertIfAbsent);
        collection()
                .bulkWrite(
                        jobs.stream()
                                .map(job -> new UpdateOneModel<Document>(
                                        earlier(job), new Document("$set", documents.content(job)), options))
                                .toList(),
                        UNORDERED);
    }

    /**
     * Reads what is due until a time by one query: where no index helps, each query would read the whole collection.
     *
     * @param batch most jobs that are given at once
     * @param each takes a batch; it may delete it
     */
    void due(Instant until, int batch, Consumer<List<NewJob>> each) {
        // Not sorted: the index gives them in the order in which they are due, and a sort without it is costly.
        // Where no index helps, a look through millions takes longer than a usual answer may.
        try (MongoCursor<Document> cursor = collection()
                .withTimeout(SCAN_SECONDS, TimeUnit.SECONDS)
                .find(lte(ParkedDocuments.DUE_AT, Date.from(until)))
                .comment(Sweep.DUE_JOBS.comment())
                .timeoutMode(TimeoutMode.ITERATION)
                .batchSize(batch)
                .iterator()) {
            List<NewJob> jobs = new ArrayList<>(batch);
            while (cursor.hasNext()) {
                jobs.add(documents.job(cursor.next()));
                if (jobs.size() == batch || !cursor.hasNext()) {
                    each.accept(List.copyOf(jobs));
                    jobs.clear();
                }
            }
        }
    }

    /**
     * Removes jobs, each only if it still waits for the attempt that it was read with: another replica may have paged
     * it in before, and its next attempt may be parked already.
     */
    void delete(List<NewJob> jobs) {
        Map<Integer, List<NewJob>> byAttempt = jobs.stream().collect(Collectors.groupingBy(NewJob::attempt));
        List<DeleteManyModel<Document>> deletes = byAttempt.entrySet().stream()
                .map(same -> new DeleteManyModel<Document>(and(
                        in(
                                ParkedDocuments.ID,
                                values(same.getValue(), job -> job.id().value())),
                        in(
                                ParkedDocuments.ORG,
                                values(same.getValue(), job -> job.org().value())),
                        eq(ParkedDocuments.ATTEMPT, same.getKey()))))
                .toList();
        if (!deletes.isEmpty()) {
            collection().bulkWrite(deletes, UNORDERED);
        }
    }

    /** About how many there are: from the collection's own books, so it costs nothing. */
    long count() {
        return collection()
                .estimatedDocumentCount(new EstimatedDocumentCountOptions().comment(Sweep.PARKED_JOBS.comment()));
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }

    private static Bson earlier(ScheduledJob job) {
        return and(
                eq(ParkedDocuments.ID, job.jobId().value()),
                eq(ParkedDocuments.ORG, job.orgId().value()),
                lt(ParkedDocuments.ATTEMPT, job.attempt()));
    }

    private static List<String> values(List<NewJob> jobs, java.util.function.Function<NewJob, String> value) {
        return jobs.stream().map(value).distinct().toList();
    }

    private static void requireOnlyDuplicates(MongoBulkWriteException e) {
        for (BulkWriteError error : e.getWriteErrors()) {
            if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        if (e.getWriteConcernError() != null) {
            throw e;
        }
    }
}
