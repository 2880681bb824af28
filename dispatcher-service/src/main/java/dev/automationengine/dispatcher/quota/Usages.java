package dev.automationengine.dispatcher.quota;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.automationengine.kit.mongo.Upserts;
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
        Upserts.write(usages(), updates);
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
