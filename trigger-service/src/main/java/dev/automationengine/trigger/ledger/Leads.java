package dev.automationengine.trigger.ledger;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.model.id.OrgId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Reads the ledger for people. */
@Component
class Leads {
    private static final String RECEIVED_AT = "received_at";

    private final MongoOperations mongo;

    Leads(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** What became of a lead; empty if nobody has told of it, or too long ago. */
    Optional<LeadView> find(OrgId org, String leadId) {
        return Optional.ofNullable(mongo.getCollection(LeadLedger.COLLECTION)
                        .find(LeadLedger.entry(org, LeadEntry.id(org, leadId)))
                        .first())
                .map(LeadView::of);
    }

    /** Leads by when they were heard of, the newest first. */
    Page<LeadView> page(
            OrgId org, @Nullable String formId, LeadView.@Nullable State state, int limit, @Nullable String cursor) {
        List<Bson> filters = new ArrayList<>(List.of(Filters.eq(LeadLedger.ORG, org.value())));
        if (formId != null) {
            filters.add(Filters.eq(LeadLedger.FORM, formId));
        }
        if (state != null) {
            filters.addAll(of(state));
        }
        if (cursor != null) {
            filters.add(after(cursor));
        }
        List<LeadView> found = mongo.getCollection(LeadLedger.COLLECTION)
                .find(Filters.and(filters))
                .sort(Sorts.descending(RECEIVED_AT, LeadLedger.ID))
                .limit(limit + 1)
                .map(LeadView::of)
                .into(new ArrayList<>());
        return Page.of(found, limit, last -> Cursor.encode(last.receivedAt().toString(), last.eventId()));
    }

    private static List<Bson> of(LeadView.State state) {
        return switch (state) {
            case RECEIVED -> List.of(isNot(LeadLedger.FETCHED), isNot(LeadLedger.GIVEN_UP));
            case FETCHED -> List.of(is(LeadLedger.FETCHED), isNot(LeadDeliveries.ROUTED));
            case ROUTED -> List.of(is(LeadDeliveries.ROUTED), isNot(LeadDeliveries.DELIVERED));
            case DELIVERED -> List.of(is(LeadDeliveries.DELIVERED));
            case FAILED -> List.of(is(LeadLedger.GIVEN_UP));
        };
    }

    private static Bson is(String milestone) {
        return Filters.eq(milestone, 1);
    }

    private static Bson isNot(String milestone) {
        return Filters.exists(milestone, false);
    }

    private static Bson after(String cursor) {
        List<String> keys = Cursor.decode(cursor, 2);
        try {
            Date time = Date.from(Instant.parse(keys.getFirst()));
            return Filters.or(
                    Filters.lt(RECEIVED_AT, time),
                    Filters.and(Filters.eq(RECEIVED_AT, time), Filters.lt(LeadLedger.ID, keys.getLast())));
        } catch (DateTimeException e) {
            throw Cursor.invalid(e);
        }
    }
}
