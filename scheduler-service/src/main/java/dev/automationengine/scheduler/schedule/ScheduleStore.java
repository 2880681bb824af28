package dev.automationengine.scheduler.schedule;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** The collection {@code schedules}, which the scheduler alone writes. */
@Repository
class ScheduleStore {
    static final String COLLECTION = "schedules";

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoTemplate mongo;

    ScheduleStore(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** What is stored of some workflows, by workflow; one round trip. */
    Map<WorkflowId, Document> stored(Collection<OrgId> orgs, Collection<WorkflowId> workflows) {
        Map<WorkflowId, Document> found = new HashMap<>();
        collection()
                .find(and(
                        in(
                                ScheduleDocuments.ID,
                                workflows.stream().map(WorkflowId::value).toList()),
                        in(
                                ScheduleDocuments.ORG,
                                orgs.stream().map(OrgId::value).distinct().toList())))
                .forEach(document -> found.put(new WorkflowId(document.getString(ScheduleDocuments.ID)), document));
        return found;
    }

    /**
     * Takes changes over by one round trip; one that is older than what is stored changes nothing.
     *
     * @throws RuntimeException if MongoDB is away; all may be taken over again
     */
    void take(List<ScheduleChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        List<WriteModel<Document>> writes = changes.stream()
                .map(change -> change.deleted()
                        ? new DeleteOneModel<Document>(one(change.org(), change.workflow()))
                        : new UpdateOneModel<Document>(
                                and(
                                        one(change.org(), change.workflow()),
                                        lt(ScheduleDocuments.CHANGED_AT, Date.from(change.changedAt()))),
                                change.update(),
                                upsert))
                .toList();
        try {
            collection().bulkWrite(writes, UNORDERED);
        } catch (MongoBulkWriteException e) {
            // The upsert met its own id: what is stored is as new, or newer.
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream()
                            .anyMatch(error -> error.getCategory() != ErrorCategory.DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /** Schedules whose next time has come. Asked for all organizations at once; the index is by time. */
    List<WorkflowSchedule> due(Instant now, int most) {
        return read(
                collection()
                        .find(lte(ScheduleDocuments.NEXT_AT, Date.from(now)))
                        .comment(Sweep.DUE_SCHEDULES.comment()),
                Sorts.ascending(ScheduleDocuments.NEXT_AT),
                most);
    }

    /** The schedules of an organization in the order of their workflows. */
    List<WorkflowSchedule> list(OrgId org, @Nullable WorkflowId after, int most) {
        Bson of = and(eq(ScheduleDocuments.ORG, org.value()), exists(ScheduleDocuments.NEXT_AT));
        Bson from = after == null ? of : and(of, gt(ScheduleDocuments.ID, after.value()));
        return read(collection().find(from), Sorts.ascending(ScheduleDocuments.ID), most);
    }

    /** The schedule of a workflow; empty if it has none or is not active. */
    Optional<WorkflowSchedule> find(OrgId org, WorkflowId workflow) {
        return Optional.ofNullable(collection().find(one(org, workflow)).first())
                .flatMap(ScheduleDocuments::read);
    }

    /**
     * Sets schedules to their next time by one round trip, each only if nobody else has since: neither another replica,
     * nor the workflow's author.
     */
    void advance(List<Due> fired) {
        List<UpdateOneModel<Document>> writes = fired.stream()
                .map(due -> new UpdateOneModel<Document>(
                        and(
                                one(due.schedule().org(), due.schedule().workflow()),
                                eq(
                                        ScheduleDocuments.NEXT_AT,
                                        Date.from(due.schedule().nextAt())),
                                eq(
                                        ScheduleDocuments.CHANGED_AT,
                                        Date.from(due.schedule().changedAt()))),
                        advanced(due)))
                .toList();
        if (!writes.isEmpty()) {
            collection().bulkWrite(writes, UNORDERED);
        }
    }

    private static Bson advanced(Due due) {
        List<Bson> updates = new ArrayList<>();
        updates.add(due.next()
                .map(next -> Updates.set(ScheduleDocuments.NEXT_AT, Date.from(next)))
                .orElseGet(() -> Updates.unset(ScheduleDocuments.NEXT_AT)));
        if (!due.times().isEmpty()) {
            updates.add(
                    Updates.set(ScheduleDocuments.LAST_AT, Date.from(due.times().getLast())));
        }
        return Updates.combine(updates);
    }

    private static List<WorkflowSchedule> read(FindIterable<Document> documents, Bson order, int most) {
        List<WorkflowSchedule> found = new ArrayList<>();
        documents
                .sort(order)
                .limit(most)
                .forEach(document -> ScheduleDocuments.read(document).ifPresent(found::add));
        return found;
    }

    private static Bson one(OrgId org, WorkflowId workflow) {
        return and(eq(ScheduleDocuments.ID, workflow.value()), eq(ScheduleDocuments.ORG, org.value()));
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }
}
