package dev.automationengine.dispatcher.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static dev.automationengine.dispatcher.deadletter.DeadLetterDocuments.CREATED_AT;
import static dev.automationengine.dispatcher.deadletter.DeadLetterDocuments.EXECUTION;
import static dev.automationengine.dispatcher.deadletter.DeadLetterDocuments.ID;
import static dev.automationengine.dispatcher.deadletter.DeadLetterDocuments.ORG;
import static dev.automationengine.dispatcher.deadletter.DeadLetterDocuments.STATUS;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Resolution;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Status;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The collection {@code dead_letters}. */
@Component
public class DeadLetterStore {
    static final String DEAD_LETTERS = "dead_letters";

    private final MongoOperations mongo;
    private final DeadLetterDocuments documents;

    DeadLetterStore(MongoOperations mongo, DeadLetterDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
    }

    /** Stores dead letters by one call; those that are there already are not touched. */
    public void add(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        try {
            collection()
                    .insertMany(
                            letters.stream().map(documents::document).toList(), new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            boolean repeatsOnly = e.getWriteConcernError() == null
                    && e.getWriteErrors().stream()
                            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
            if (!repeatsOnly) {
                throw e;
            }
        }
    }

    /** The dead letter of a job; empty if there is none in the organization. */
    public Optional<DeadLetter> find(OrgId org, JobId id) {
        return Optional.ofNullable(collection()
                        .find(and(eq(ID, id.value()), eq(ORG, org.value())))
                        .first())
                .map(documents::letter);
    }

    /**
     * Dead letters, newest first.
     *
     * @param status null: whatever became of them
     * @param after the entry that the page before ended with; null: from the newest
     */
    public List<DeadLetter> list(
            OrgId org, DeadLetterFilter filter, @Nullable Status status, @Nullable Position after, int limit) {
        Bson where = DeadLetterDocuments.where(org, filter, status);
        return read(
                after == null ? where : and(where, DeadLetterDocuments.older(after)),
                Sorts.descending(CREATED_AT, ID),
                limit);
    }

    /**
     * Open dead letters, oldest first.
     *
     * @param after the entry that the part before ended with; null: from the oldest
     */
    public List<DeadLetter> open(OrgId org, DeadLetterFilter filter, @Nullable Position after, int limit) {
        Bson where = DeadLetterDocuments.where(org, filter, Status.OPEN);
        return read(
                after == null ? where : and(where, DeadLetterDocuments.newer(after)),
                Sorts.ascending(CREATED_AT, ID),
                limit);
    }

    /** Marks all open letters of executions as taken up by others, by one call. */
    public void redriven(OrgId org, Map<ExecutionId, Resolution> byExecution) {
        if (byExecution.isEmpty()) {
            return;
        }
        collection()
                .bulkWrite(byExecution.entrySet().stream()
                        .map(entry -> new UpdateManyModel<Document>(
                                and(
                                        eq(ORG, org.value()),
                                        eq(EXECUTION, entry.getKey().value()),
                                        eq(STATUS, DeadLetterDocuments.name(Status.OPEN))),
                                documents.resolved(org, Status.REDRIVEN, entry.getValue())))
                        .toList());
    }

    /** Marks open letters as discarded, by one call; tells how many were open. */
    public long discard(OrgId org, Collection<JobId> ids, Resolution resolution) {
        return collection()
                .updateMany(
                        and(
                                eq(ORG, org.value()),
                                in(ID, ids.stream().map(JobId::value).toList()),
                                eq(STATUS, DeadLetterDocuments.name(Status.OPEN))),
                        documents.resolved(org, Status.DISCARDED, resolution))
                .getModifiedCount();
    }

    /** A place in the list. */
    public record Position(Instant createdAt, String id) {
        /** The place of a letter. */
        public static Position of(DeadLetter letter) {
            return new Position(letter.createdAt(), letter.id().value());
        }
    }

    private List<DeadLetter> read(Bson where, Bson order, int limit) {
        List<DeadLetter> found = new ArrayList<>();
        collection().find(where).sort(order).limit(limit).forEach(document -> found.add(documents.letter(document)));
        return found;
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(DEAD_LETTERS);
    }
}
