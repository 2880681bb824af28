package dev.automationengine.trigger.ledger;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BsonField;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.automationengine.model.id.OrgId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Sets what Meta tells against what was captured and delivered, for each form and day. */
@Component
class Reconciliation {
    /** More are not answered: ask for fewer days, or one form. */
    static final int MOST_ROWS = 1_000;

    private final MongoOperations mongo;

    Reconciliation(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * A form on a day.
     *
     * @param day of UTC, by the time when people sent the form
     * @param formId Meta's id of the form; null: nobody has told it
     * @param meta leads that Graph lists; those of the last minutes are listed with the next sweep
     * @param heard leads that Meta has told of in any way
     * @param captured leads whose answers are here
     * @param missing leads that Meta has told of and whose answers are not here
     * @param failed those of the missing that nobody tries to fetch any more
     * @param recovered leads that a sweep heard of before any webhook
     * @param routed leads for which a workflow has begun
     * @param delivered leads for which a workflow has completed
     */
    record Row(
            LocalDate day,
            @Nullable String formId,
            long meta,
            long heard,
            long captured,
            long missing,
            long failed,
            long recovered,
            long routed,
            long delivered) {}

    /** The rows from one day to another, both of them included; the newest day first. */
    List<Row> rows(OrgId org, LocalDate from, LocalDate to, @Nullable String formId) {
        List<Bson> filters = new ArrayList<>(List.of(
                Filters.eq(LeadLedger.ORG, org.value()),
                Filters.gte(LeadLedger.DAY, from.toString()),
                Filters.lte(LeadLedger.DAY, to.toString())));
        if (formId != null) {
            filters.add(Filters.eq(LeadLedger.FORM, formId));
        }
        return mongo.getCollection(LeadLedger.COLLECTION)
                .aggregate(List.of(
                        Aggregates.match(Filters.and(filters)),
                        Aggregates.group(
                                new Document(LeadLedger.DAY, "$" + LeadLedger.DAY)
                                        .append(LeadLedger.FORM, "$" + LeadLedger.FORM),
                                Accumulators.sum("heard", 1),
                                sum(LeadLedger.LISTED),
                                sum(LeadLedger.FETCHED),
                                sum(LeadLedger.GIVEN_UP),
                                sum(LeadLedger.RECOVERED),
                                sum(LeadDeliveries.ROUTED),
                                sum(LeadDeliveries.DELIVERED)),
                        Aggregates.sort(Sorts.orderBy(Sorts.descending("_id.day"), Sorts.ascending("_id.form_id"))),
                        Aggregates.limit(MOST_ROWS)))
                .map(Reconciliation::row)
                .into(new ArrayList<>());
    }

    private static BsonField sum(String member) {
        return Accumulators.sum(member, "$" + member);
    }

    private static Row row(Document group) {
        Document key = group.get("_id", Document.class);
        long heard = number(group, "heard");
        long captured = number(group, LeadLedger.FETCHED);
        return new Row(
                LocalDate.parse(key.getString(LeadLedger.DAY)),
                key.getString(LeadLedger.FORM),
                number(group, LeadLedger.LISTED),
                heard,
                captured,
                heard - captured,
                number(group, LeadLedger.GIVEN_UP),
                number(group, LeadLedger.RECOVERED),
                number(group, LeadDeliveries.ROUTED),
                number(group, LeadDeliveries.DELIVERED));
    }

    private static long number(Document group, String member) {
        return group.get(member, Number.class).longValue();
    }
}
