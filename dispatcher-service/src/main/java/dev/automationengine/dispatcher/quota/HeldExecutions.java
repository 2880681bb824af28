package dev.automationengine.dispatcher.quota;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The collection {@code held_executions}: which executions wait for room in their organization's plan. An entry goes
 * after the jobs of its execution are queued, so whoever dies before leaves it to be found again.
 */
@Component
class HeldExecutions {
    static final String COLLECTION = "held_executions";

    /** More are not counted. */
    static final int MOST_COUNTED = 100_000;

    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String HELD_AT = "held_at";
    private static final int DUPLICATE_KEY = 11_000;

    private final MongoOperations mongo;

    HeldExecutions(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Stores entries by one write; one that is there stays. */
    void add(List<Execution> executions) {
        if (executions.isEmpty()) {
            return;
        }
        List<Document> documents = executions.stream()
                .map(each -> new Document(ID, each.id().value())
                        .append(ORG, each.orgId().value())
                        .append(HELD_AT, Date.from(each.createdAt())))
                .toList();
        try {
            held().insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /** The next organization with held executions, in the order of their ids. */
    Optional<OrgId> organizationAfter(String org) {
        return Optional.ofNullable(held().find(gt(ORG, org))
                        .comment(Sweep.HELD_EXECUTIONS.comment())
                        .projection(Projections.include(ORG))
                        .sort(Sorts.ascending(ORG))
                        .limit(1)
                        .first())
                .map(document -> new OrgId(document.getString(ORG)));
    }

    /** Those held longest. */
    List<ExecutionId> oldest(OrgId org, int most) {
        List<ExecutionId> found = new ArrayList<>();
        held().find(eq(ORG, org.value()))
                .sort(Sorts.ascending(HELD_AT, ID))
                .limit(most)
                .forEach(document -> found.add(new ExecutionId(document.getString(ID))));
        return found;
    }

    /** How many there are, at most {@link #MOST_COUNTED}. */
    long count(OrgId org) {
        return held().countDocuments(eq(ORG, org.value()), new CountOptions().limit(MOST_COUNTED));
    }

    /** Forgets entries by one write. */
    void remove(OrgId org, Collection<ExecutionId> ids) {
        if (!ids.isEmpty()) {
            held().deleteMany(and(
                    eq(ORG, org.value()),
                    in(ID, ids.stream().map(ExecutionId::value).toList())));
        }
    }

    private MongoCollection<Document> held() {
        return mongo.getCollection(COLLECTION);
    }
}
