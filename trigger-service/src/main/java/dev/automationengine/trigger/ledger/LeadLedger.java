package dev.automationengine.trigger.ledger;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import dev.automationengine.kit.mongo.Upserts;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.trigger.event.EventRef;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The collection {@code leads}: what is known of each lead of an organization, without anything that a person wrote. It is
 * written in batches; every write may come again and in any order. Milestones are members with the value 1, so that
 * {@link Reconciliation} can sum them.
 */
@Component
public class LeadLedger {
    static final String COLLECTION = "leads";
    static final String ID = "_id";
    static final String ORG = "org_id";
    static final String FORM = "form_id";
    static final String DAY = "day";
    /** Graph has listed it to a sweep. */
    static final String LISTED = "listed";
    /** A sweep heard of it first: its webhook was lost, or slower. */
    static final String RECOVERED = "recovered";

    static final String FETCHED = "fetched";
    static final String GIVEN_UP = "given_up";
    static final String PROBLEM = "problem";

    private final MongoOperations mongo;
    private final InstantSource clock;
    private final LedgerProperties properties;
    private final Counter recovered;

    LeadLedger(MongoOperations mongo, InstantSource clock, LedgerProperties properties, MeterRegistry meters) {
        this.mongo = mongo;
        this.clock = clock;
        this.properties = properties;
        this.recovered = Counter.builder("engine.leads.recovered")
                .description("Leads that a sweep heard of before any webhook")
                .register(meters);
    }

    /** Webhooks told of leads. */
    public void heard(List<LeadEntry> leads) {
        upsert(leads, false);
    }

    /** Graph listed leads to a sweep. */
    public void listed(List<LeadEntry> leads) {
        recovered.increment(upsert(leads, true));
    }

    /** Leads were fetched, and their events are published. */
    public void fetched(Collection<EventRef> leads) {
        Date now = Date.from(clock.instant());
        update(leads.stream()
                .map(lead -> new UpdateOneModel<Document>(
                        and(entry(lead.org(), lead.id()), exists(FETCHED, false)),
                        combine(set(FETCHED, 1), set("fetched_at", now), unset(PROBLEM), unset(GIVEN_UP))))
                .toList());
    }

    /**
     * Leads could not be fetched.
     *
     * @param code why, by lead
     * @param givenUp whether nobody tries again
     */
    public void failed(Map<EventRef, String> code, boolean givenUp) {
        List<UpdateOneModel<Document>> updates = new ArrayList<>();
        code.forEach((lead, problem) -> updates.add(new UpdateOneModel<>(
                and(entry(lead.org(), lead.id()), exists(FETCHED, false)),
                givenUp ? combine(set(PROBLEM, problem), set(GIVEN_UP, 1)) : set(PROBLEM, problem))));
        update(updates);
    }

    private int upsert(List<LeadEntry> leads, boolean listed) {
        if (leads.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        return Upserts.write(
                collection(),
                leads.stream()
                        .map(lead -> new UpdateOneModel<Document>(
                                entry(lead.notice().orgId(), lead.id()),
                                combine(members(lead.notice(), listed, now)),
                                new UpdateOptions().upsert(true)))
                        .toList());
    }

    private List<Bson> members(LeadNotice notice, boolean listed, Instant now) {
        Instant created = notice.submittedAt() == null ? notice.receivedAt() : notice.submittedAt();
        List<Bson> members = new ArrayList<>(List.of(
                setOnInsert("lead_id", notice.leadgenId()),
                setOnInsert(DAY, LocalDate.ofInstant(created, ZoneOffset.UTC).toString()),
                setOnInsert("created_at", Date.from(created)),
                setOnInsert("received_at", Date.from(notice.receivedAt())),
                setOnInsert("expire_at", Date.from(now.plus(properties.retention())))));
        addKnown(members, FORM, notice.formId());
        addKnown(members, "page_id", notice.pageId());
        if (listed) {
            members.add(set(LISTED, 1));
            members.add(setOnInsert(RECOVERED, 1));
        }
        return members;
    }

    /** Webhooks and sweeps know different things. */
    private static void addKnown(List<Bson> members, String name, @Nullable String value) {
        if (value != null) {
            members.add(set(name, value));
        }
    }

    private void update(List<UpdateOneModel<Document>> updates) {
        if (!updates.isEmpty()) {
            collection().bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    static Bson entry(OrgId org, EventId id) {
        return and(eq(ID, id.value()), eq(ORG, org.value()));
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }
}
