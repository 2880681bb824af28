package dev.automationengine.logging.executionlog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BSONException;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Writes the log of executions: of two snapshots the one with the higher revision stays, whichever comes last. */
@Repository
class ExecutionLogWriter {
    /** BadValue, Overflow (nested too deep), DollarPrefixedFieldName, EmptyFieldName, BSONObjectTooLarge. */
    private static final Set<Integer> NEVER_ACCEPTED = Set.of(2, 15, 52, 56, 10334);

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoTemplate mongo;

    ExecutionLogWriter(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * Writes documents of different executions in one round trip.
     *
     * @return the indexes of those that MongoDB can never hold
     * @throws RuntimeException if MongoDB is away; some may be written then, and all may be written again
     */
    Set<Integer> write(List<Document> documents) {
        try {
            return bulk(documents);
        } catch (RuntimeException e) {
            if (!neverAccepted(e)) {
                throw e;
            }
            // One that cannot even be sent spoils the whole call. Found out alone, it keeps nobody back.
            return oneByOne(documents);
        }
    }

    private Set<Integer> bulk(List<Document> documents) {
        List<ReplaceOneModel<Document>> models =
                documents.stream().map(document -> replace(document, true)).toList();
        try {
            mongo.getCollection(ExecutionLogs.COLLECTION).bulkWrite(models, UNORDERED);
            return Set.of();
        } catch (MongoBulkWriteException e) {
            replaceOlder(documents, e);
            return refused(e);
        }
    }

    /**
     * An upsert meets its own id where the stored revision is not lower. It is an old snapshot then, unless the stored
     * one was inserted just now by another replica; so once more, where there is something to replace.
     */
    private void replaceOlder(List<Document> documents, MongoBulkWriteException e) {
        List<ReplaceOneModel<Document>> models = e.getWriteErrors().stream()
                .filter(ExecutionLogWriter::duplicate)
                .map(error -> replace(documents.get(error.getIndex()), false))
                .toList();
        if (!models.isEmpty()) {
            mongo.getCollection(ExecutionLogs.COLLECTION).bulkWrite(models, UNORDERED);
        }
    }

    private static Set<Integer> refused(MongoBulkWriteException e) {
        List<BulkWriteError> others =
                e.getWriteErrors().stream().filter(error -> !duplicate(error)).toList();
        boolean hopeless = others.stream().allMatch(error -> NEVER_ACCEPTED.contains(error.getCode()));
        if (!hopeless || e.getWriteConcernError() != null) {
            throw e;
        }
        return Set.copyOf(others.stream().map(BulkWriteError::getIndex).toList());
    }

    private Set<Integer> oneByOne(List<Document> documents) {
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            try {
                if (!bulk(List.of(documents.get(i))).isEmpty()) {
                    refused.add(i);
                }
            } catch (RuntimeException e) {
                if (!neverAccepted(e)) {
                    throw e;
                }
                refused.add(i);
            }
        }
        return Set.copyOf(refused);
    }

    private static ReplaceOneModel<Document> replace(Document document, boolean insertIfAbsent) {
        return new ReplaceOneModel<>(
                and(
                        eq("_id", document.get("_id")),
                        eq("org_id", document.get("org_id")),
                        lt("rev", document.get("rev"))),
                document,
                new ReplaceOptions().upsert(insertIfAbsent));
    }

    private static boolean duplicate(BulkWriteError error) {
        return ErrorCategory.fromErrorCode(error.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }

    private static boolean neverAccepted(RuntimeException e) {
        return e instanceof BSONException
                || e instanceof CodecConfigurationException
                || e instanceof IllegalArgumentException
                || (e instanceof MongoCommandException refused && NEVER_ACCEPTED.contains(refused.getErrorCode()));
    }
}
