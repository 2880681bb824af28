package dev.automationengine.dispatcher.execution;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The collection {@code executions}; each call is one round trip, whatever the size of the batch. */
@Component
public class ExecutionStore {
    static final String EXECUTIONS = "executions";

    private final MongoOperations mongo;
    private final ExecutionDocuments documents;

    ExecutionStore(MongoOperations mongo, ExecutionDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
    }

    /**
     * Stores new executions.
     *
     * @return the ids of those that were there already; they are not touched
     */
    Set<ExecutionId> insert(List<Settled> begun) {
        if (begun.isEmpty()) {
            return Set.of();
        }
        try {
            collection()
                    .insertMany(
                            begun.stream()
                                    .map(each -> documents.document(
                                            each.advanced().next(),
                                            each.definition().lastSteps()))
                                    .toList(),
                            new InsertManyOptions().ordered(false));
            return Set.of();
        } catch (MongoBulkWriteException e) {
            Set<ExecutionId> known = new HashSet<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                known.add(begun.get(error.getIndex()).advanced().next().id());
            }
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            return known;
        }
    }

    /** Executions by their ids and organizations; those that do not exist are left out. */
    public Map<ExecutionId, Execution> find(Map<ExecutionId, OrgId> wanted) {
        Map<ExecutionId, Execution> found = new HashMap<>();
        if (wanted.isEmpty()) {
            return found;
        }
        List<String> ids = wanted.keySet().stream().map(ExecutionId::value).toList();
        List<String> orgs =
                wanted.values().stream().distinct().map(OrgId::value).toList();
        collection()
                .find(and(in(ExecutionDocuments.ID, ids), in(ExecutionDocuments.ORG, orgs)))
                .forEach(document -> {
                    Execution execution = documents.execution(document);
                    if (execution.orgId().equals(wanted.get(execution.id()))) {
                        found.put(execution.id(), execution);
                    }
                });
        return found;
    }

    /** Those of some executions of an organization that have begun. */
    public Map<ExecutionId, Execution> begun(OrgId org, Collection<ExecutionId> ids) {
        Map<ExecutionId, Execution> found = new HashMap<>();
        collection()
                .find(and(
                        in(
                                ExecutionDocuments.ID,
                                ids.stream().map(ExecutionId::value).toList()),
                        eq(ExecutionDocuments.ORG, org.value()),
                        gt(ExecutionDocuments.REV, 0)))
                .map(documents::execution)
                .forEach(execution -> found.put(execution.id(), execution));
        return found;
    }

    /**
     * Stores changes, each only if the execution still has the revision that the change was made from.
     *
     * @return whether all were stored; if not, it is not known which, and all have to be read again
     */
    boolean replace(Collection<Change> changes) {
        if (changes.isEmpty()) {
            return true;
        }
        List<UpdateOneModel<Document>> updates = changes.stream()
                .map(change -> new UpdateOneModel<Document>(
                        and(
                                eq(ExecutionDocuments.ID, change.before().id().value()),
                                eq(
                                        ExecutionDocuments.ORG,
                                        change.before().orgId().value()),
                                eq(ExecutionDocuments.REV, change.before().rev())),
                        documents.update(change.before(), change.after())))
                .toList();
        int matched = collection()
                .bulkWrite(updates, new BulkWriteOptions().ordered(false))
                .getMatchedCount();
        return matched == updates.size();
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(EXECUTIONS);
    }

    /**
     * A change to be stored.
     *
     * @param before the execution as it was read
     * @param after the execution as it should be
     */
    record Change(Execution before, Execution after) {}
}
