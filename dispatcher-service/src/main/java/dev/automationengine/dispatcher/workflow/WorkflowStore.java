package dev.automationengine.dispatcher.workflow;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The collections {@code workflows} and {@code workflow_versions}. A workflow is changed by compare-and-set on its
 * revision. Each change marks it with {@code publish_pending}, which only {@link #published} removes: so a change that
 * was stored but not published is found again, whatever died in between.
 */
@Component
class WorkflowStore {
    static final String WORKFLOWS = "workflows";
    static final String VERSIONS = "workflow_versions";
    static final String PENDING = "publish_pending";
    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String CREATED_AT = "created_at";
    private static final String REV = "rev";
    static final String DELETED = "deleted";

    private final MongoOperations mongo;

    WorkflowStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Stores a new workflow; false if there is one of that id. */
    boolean insert(Workflow workflow) {
        try {
            workflows().insertOne(WorkflowDocuments.document(workflow).append(PENDING, true));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    /** Replaces the workflow if nobody changed it since; tells whether it did. */
    boolean replace(Workflow before, Workflow after) {
        // A version's own document must be there before the workflow's document forgets it.
        if (before.version() > 0) {
            insertVersion(before);
        }
        Document document = WorkflowDocuments.document(after).append(PENDING, true);
        return workflows().replaceOne(same(before), document).getMatchedCount() == 1;
    }

    /** Hides the workflow, until its deletion is published. */
    boolean hide(Workflow workflow) {
        Bson deletion = Updates.combine(
                Updates.set(DELETED, true),
                Updates.set("is_active", false),
                Updates.set(REV, workflow.rev() + 1),
                Updates.set(PENDING, true));
        return workflows().updateOne(same(workflow), deletion).getMatchedCount() == 1;
    }

    /** Keeps the version for ever; a version that is there is not touched. */
    void insertVersion(Workflow workflow) {
        try {
            versions().insertOne(WorkflowDocuments.version(workflow));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    /** Takes the mark of one revision away, or what was hidden; false if the workflow has changed since. */
    boolean published(StoredChange change) {
        Bson same = same(change.workflow());
        return change.deleted()
                ? workflows().deleteOne(same).getDeletedCount() == 1
                : workflows().updateOne(same, Updates.unset(PENDING)).getMatchedCount() == 1;
    }

    Optional<Workflow> find(OrgId org, WorkflowId id) {
        return Optional.ofNullable(
                        workflows().find(and(one(org, id), visible())).first())
                .map(WorkflowDocuments::workflow);
    }

    /** The workflow whatever its state, also if it is hidden; empty if it is gone. */
    Optional<StoredChange> change(OrgId org, WorkflowId id) {
        return Optional.ofNullable(workflows().find(one(org, id)).first()).map(WorkflowStore::stored);
    }

    /**
     * Where a page of workflows ended.
     *
     * @param createdAt of its last workflow; ids alone do not tell the order, because some follow from a key
     * @param id of its last workflow
     */
    record Position(Instant createdAt, WorkflowId id) {}

    /** Workflows, newest first. */
    List<Workflow> list(OrgId org, WorkflowFilter filter, @Nullable Position after, int limit) {
        List<Bson> all = new ArrayList<>(List.of(eq(ORG, org.value()), visible()));
        if (after != null) {
            Date createdAt = Date.from(after.createdAt());
            all.add(or(
                    lt(CREATED_AT, createdAt),
                    and(eq(CREATED_AT, createdAt), lt(ID, after.id().value()))));
        }
        filter.labels().forEach((name, value) -> all.add(eq("labels", WorkflowDocuments.label(name, value))));
        if (filter.active() != null) {
            all.add(eq("is_active", filter.active()));
        }
        if (filter.triggerType() != null) {
            all.add(eq("trigger.type", filter.triggerType()));
        }
        if (filter.text() != null) {
            all.add(regex("name", Pattern.compile(Pattern.quote(filter.text()), Pattern.CASE_INSENSITIVE)));
        }
        List<Workflow> found = new ArrayList<>();
        workflows()
                .find(and(all))
                .sort(Sorts.descending(CREATED_AT, ID))
                .limit(limit)
                .forEach(document -> found.add(WorkflowDocuments.workflow(document)));
        return found;
    }

    /** How many are active. */
    long countActive(OrgId org) {
        return workflows().countDocuments(and(eq(ORG, org.value()), eq("is_active", true), visible()));
    }

    /** Versions of a workflow, newest first. */
    List<Workflow> versions(OrgId org, WorkflowId id, int before, int limit) {
        List<Workflow> found = new ArrayList<>();
        versions()
                .find(and(eq(ORG, org.value()), eq("workflow_id", id.value()), lt("version", before)))
                .sort(Sorts.descending("version"))
                .limit(limit)
                .forEach(document -> found.add(WorkflowDocuments.ofVersion(document)));
        return found;
    }

    /** All workflows of some organizations that are active, or whose executions may wait for events, by one query. */
    List<Workflow> listening(Collection<OrgId> orgs) {
        List<Workflow> found = new ArrayList<>();
        workflows()
                .find(and(
                        in(ORG, orgs.stream().map(OrgId::value).toList()),
                        visible(),
                        or(eq("is_active", true), exists(WorkflowDocuments.AWAITS))))
                .forEach(document -> found.add(WorkflowDocuments.workflow(document)));
        return found;
    }

    /** Versions by their keys, by one query; of a version whose document is not there yet, the workflow itself. */
    List<Workflow> versions(Collection<VersionKey> keys) {
        List<String> orgs =
                keys.stream().map(key -> key.orgId().value()).distinct().toList();
        List<Workflow> found = new ArrayList<>();
        versions()
                .find(and(in(ID, keys.stream().map(VersionKey::documentId).toList()), in(ORG, orgs)))
                .forEach(document -> found.add(WorkflowDocuments.ofVersion(document)));
        if (found.size() < keys.size()) {
            List<String> ids = keys.stream().map(key -> key.id().value()).toList();
            workflows().find(and(in(ID, ids), in(ORG, orgs))).forEach(document -> {
                Workflow current = WorkflowDocuments.workflow(document);
                if (keys.contains(VersionKey.of(current))) {
                    found.add(current);
                }
            });
        }
        return found;
    }

    /** The workflows that some versions belong to, as they are now, by one query; what is deleted is left out. */
    List<Workflow> current(Collection<VersionKey> versions) {
        List<String> orgs =
                versions.stream().map(key -> key.orgId().value()).distinct().toList();
        List<String> ids =
                versions.stream().map(key -> key.id().value()).distinct().toList();
        List<Workflow> found = new ArrayList<>();
        workflows()
                .find(and(in(ID, ids), in(ORG, orgs), visible(), gt("version", 0)))
                .forEach(document -> found.add(WorkflowDocuments.workflow(document)));
        return found;
    }

    /** Changes that nobody published yet, of all organizations: it is the service's own housekeeping. */
    List<StoredChange> pending(int limit) {
        List<StoredChange> found = new ArrayList<>();
        workflows()
                .find(eq(PENDING, true))
                .comment(Sweep.UNPUBLISHED_WORKFLOWS.comment())
                .limit(limit)
                .forEach(document -> found.add(stored(document)));
        return found;
    }

    private static StoredChange stored(Document document) {
        return new StoredChange(WorkflowDocuments.workflow(document), document.getBoolean(DELETED, false));
    }

    private static Bson one(OrgId org, WorkflowId id) {
        return and(eq(ID, id.value()), eq(ORG, org.value()));
    }

    private static Bson same(Workflow workflow) {
        return and(one(workflow.orgId(), workflow.id()), eq(REV, workflow.rev()));
    }

    private static Bson visible() {
        return ne(DELETED, true);
    }

    private MongoCollection<Document> workflows() {
        return mongo.getCollection(WORKFLOWS);
    }

    private MongoCollection<Document> versions() {
        return mongo.getCollection(VERSIONS);
    }
}
