package dev.automationengine.logging.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.logging.privacy.SubjectRequest.Status;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** The collections {@code subject_requests} and {@code subject_findings}: the receipts. They hold no personal data. */
@Repository
class SubjectRequestStore {
    static final String REQUESTS = "subject_requests";
    static final String FINDINGS = "subject_findings";
    private static final String SEPARATOR = ":";
    private static final String ORG = "org_id";
    private static final String ID = "_id";
    static final String EXPIRE_AT = "expire_at";
    static final String LOOK_AT = "look_at";

    private final MongoTemplate mongo;
    private final SubjectRequestDocuments documents;
    private final PrivacyProperties properties;
    private final InstantSource clock;

    SubjectRequestStore(
            MongoTemplate mongo, SubjectRequestDocuments documents, PrivacyProperties properties, InstantSource clock) {
        this.mongo = mongo;
        this.documents = documents;
        this.properties = properties;
        this.clock = clock;
    }

    void insert(SubjectRequest request) {
        requests().insertOne(documents.document(request, request.lookAt()));
    }

    Optional<SubjectRequest> find(OrgId org, String id) {
        return Optional.ofNullable(
                        requests().find(and(eq(ID, id), eq(ORG, org.value()))).first())
                .map(documents::request);
    }

    /** The newest first; ids grow with time. */
    List<SubjectRequest> list(OrgId org, @Nullable String after, int limit) {
        Bson all = eq(ORG, org.value());
        return requests()
                .find(after == null ? all : and(all, lt(ID, after)))
                .sort(Sorts.descending(ID))
                .limit(limit)
                .map(documents::request)
                .into(new ArrayList<>());
    }

    /** Replaces a request if it is as it was read; false if it is not. */
    boolean replace(SubjectRequest before, SubjectRequest after) {
        Bson asRead = and(
                eq(ID, before.id()),
                eq(ORG, before.orgId().value()),
                eq("status", SubjectRequestDocuments.name(before.status())),
                eq("pass", before.pass()),
                eq("collection", before.collection()),
                eq("after", before.after()));
        Instant now = clock.instant();
        Instant look = after.lookAt().isAfter(now) ? after.lookAt() : now.plus(properties.patience());
        Document document = documents.document(after, look);
        if (after.status() != Status.RUNNING) {
            document.remove(LOOK_AT);
            document.remove("traces");
            document.append(EXPIRE_AT, expiry());
        }
        return requests().replaceOne(asRead, document).getMatchedCount() == 1;
    }

    /** Some whose time has come; of any organization, for it is we who have to go on. */
    List<SubjectRequest> due(Instant now, int limit) {
        return requests()
                .find(lte(LOOK_AT, Date.from(now)))
                .comment(Sweep.DUE_SUBJECT_REQUESTS.comment())
                .limit(limit)
                .map(documents::request)
                .into(new ArrayList<>());
    }

    /** Puts the next look off; a request that went on meanwhile keeps its own time. */
    void lookAt(SubjectRequest request, Instant next) {
        requests()
                .updateOne(
                        and(
                                eq(ID, request.id()),
                                eq(ORG, request.orgId().value()),
                                eq(LOOK_AT, Date.from(request.lookAt()))),
                        Updates.set(LOOK_AT, Date.from(next)));
    }

    /** Adds to what was found; what is there already stays, or becomes erased. */
    void add(SubjectRequest request, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        Date now = Date.from(clock.instant());
        Bson kept = Updates.set(EXPIRE_AT, expiry());
        List<UpdateOneModel<Document>> updates = findings.stream()
                .map(finding -> new UpdateOneModel<Document>(
                        and(
                                eq(ID, request.id() + SEPARATOR + finding.collection() + SEPARATOR + finding.id()),
                                eq(ORG, request.orgId().value())),
                        finding.erased()
                                ? Updates.combine(kept, Updates.set("erased", true), Updates.set("at", now))
                                : Updates.combine(kept, Updates.setOnInsert("at", now)),
                        new UpdateOptions().upsert(true)))
                .toList();
        findings().bulkWrite(updates, new BulkWriteOptions().ordered(false));
    }

    /** What was found, in the order of its collection and id. */
    List<Found> findings(OrgId org, String request, @Nullable String after, int limit) {
        return findings()
                .find(and(
                        eq(ORG, org.value()),
                        gt(ID, request + SEPARATOR),
                        gt(ID, after == null ? "" : after),
                        lt(ID, end(request))))
                .sort(Sorts.ascending(ID))
                .limit(limit)
                .map(Found::of)
                .into(new ArrayList<>());
    }

    /** How many were found in a collection, or of these erased. */
    long count(OrgId org, String request, String collection, boolean erasedOnly) {
        String start = request + SEPARATOR + collection;
        Bson those = and(eq(ORG, org.value()), gt(ID, start + SEPARATOR), lt(ID, end(start)));
        return findings().countDocuments(erasedOnly ? and(those, eq("erased", true)) : those);
    }

    private Date expiry() {
        return Date.from(clock.instant().plus(properties.retention()));
    }

    private static String end(String start) {
        // The character behind the separator.
        return start + ";";
    }

    private MongoCollection<Document> requests() {
        return mongo.getCollection(REQUESTS);
    }

    private MongoCollection<Document> findings() {
        return mongo.getCollection(FINDINGS);
    }
}
