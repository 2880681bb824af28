package dev.automationengine.dispatcher.quota;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.automationengine.model.id.OrgId;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The collection {@code usages}: how many executions events have begun, one number for an organization and month. */
@Component
class Usages {
    static final String COLLECTION = "usages";
    private static final String ORG = "org_id";
    private static final String EXECUTIONS = "executions";
    private static final int DUPLICATE_KEY = 11_000;
    private static final int KEPT_MONTHS = 14;

    private final MongoOperations mongo;

    Usages(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Adds to the numbers of a month, by one write; what is negative is taken away. */
    void add(YearMonth month, Map<OrgId, Integer> numbers) {
        List<UpdateOneModel<Document>> updates = new ArrayList<>();
        numbers.forEach((org, number) -> {
            if (number != 0) {
                updates.add(update(month, org, number));
            }
        });
        List<UpdateOneModel<Document>> left = updates;
        while (!left.isEmpty()) {
            left = met(left);
        }
    }

    /** Writes, and tells which updates met another one that made the same document; there it is then. */
    private List<UpdateOneModel<Document>> met(List<UpdateOneModel<Document>> updates) {
        try {
            usages().bulkWrite(updates, new BulkWriteOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
            return e.getWriteErrors().stream()
                    .map(error -> updates.get(error.getIndex()))
                    .toList();
        }
    }

    /** The numbers of a month, by one query; 0 is left out. */
    Map<OrgId, Long> of(YearMonth month, Collection<OrgId> orgs) {
        Map<OrgId, Long> found = new HashMap<>();
        if (orgs.isEmpty()) {
            return found;
        }
        usages().find(and(
                        in("_id", orgs.stream().map(org -> id(month, org)).toList()),
                        in(ORG, orgs.stream().map(OrgId::value).toList())))
                .forEach(document -> found.put(
                        new OrgId(document.getString(ORG)),
                        document.get(EXECUTIONS, Number.class).longValue()));
        return found;
    }

    private static UpdateOneModel<Document> update(YearMonth month, OrgId org, int number) {
        Date expireAt = Date.from(month.plusMonths(KEPT_MONTHS)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
        return new UpdateOneModel<>(
                and(eq("_id", id(month, org)), eq(ORG, org.value())),
                Updates.combine(Updates.inc(EXECUTIONS, (long) number), Updates.setOnInsert("expire_at", expireAt)),
                new UpdateOptions().upsert(true));
    }

    private static String id(YearMonth month, OrgId org) {
        return org + ":" + month;
    }

    private MongoCollection<Document> usages() {
        return mongo.getCollection(COLLECTION);
    }
}
