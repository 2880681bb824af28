package dev.automationengine.kit.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.EstimatedDocumentCountOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/** What programs ask of MongoDB, and whether they may. */
enum GuardedOperation {
    FIND_ONE(true, db -> db.getCollection("events").find(one()).first()),
    FIND_OF_ORG(true, db -> read(db, "events", mine())),
    FIND_NESTED(true, db -> read(db, "events", and(eq("type", "a"), and(mine(), eq("source", "b"))))),
    FIND_OF_SEVERAL(true, db -> read(db, "events", and(in("_id", "a", "b"), in("org_id", "o", "p")))),
    FIND_IN_EACH_BRANCH(true, db -> read(db, "events", or(mine(), eq("org_id", "p")))),
    FIND_BY_ID_ALONE(false, db -> read(db, "events", eq("_id", "e"))),
    FIND_ALL(false, db -> read(db, "events", new Document())),
    FIND_IN_ONE_BRANCH(false, db -> read(db, "events", or(mine(), eq("type", "a")))),
    FIND_BY_RANGE(false, db -> read(db, "events", gt("org_id", "a"))),
    FIND_BY_NULL(false, db -> read(db, "events", eq("org_id", null))),
    FIND_INJECTED(false, db -> read(db, "events", new Document("org_id", new Document("$ne", "x")))),
    FIND_UNKNOWN(false, db -> read(db, "leftovers", mine())),
    COUNT(true, db -> db.getCollection("events").countDocuments(mine())),
    COUNT_ALL(false, db -> db.getCollection("events").countDocuments()),
    ESTIMATE(false, db -> db.getCollection("events").estimatedDocumentCount()),
    DISTINCT(
            true,
            db -> db.getCollection("events")
                    .distinct("type", mine(), String.class)
                    .into(new ArrayList<>())),
    DISTINCT_ALL(
            false,
            db -> db.getCollection("events").distinct("type", String.class).into(new ArrayList<>())),
    AGGREGATE(true, db -> aggregate(db, List.of(Aggregates.match(mine()), Aggregates.limit(1)))),
    AGGREGATE_LATE(false, db -> aggregate(db, List.of(Aggregates.limit(1), Aggregates.match(mine())))),
    AGGREGATE_ELSEWHERE(
            false,
            db -> aggregate(
                    db, List.of(Aggregates.match(mine()), Aggregates.lookup("credentials", "a", "b", "found")))),
    INSERT(true, db -> db.getCollection("events").insertOne(new Document("org_id", "o"))),
    INSERT_WITHOUT(false, db -> db.getCollection("events").insertOne(new Document("type", "a"))),
    INSERT_ONE_OF_MANY_WITHOUT(
            false,
            db -> db.getCollection("events")
                    .insertMany(List.of(new Document("org_id", "o"), new Document("type", "a")))),
    UPDATE_ONE(true, db -> db.getCollection("events").updateOne(one(), set("type", "a"))),
    UPDATE_ONE_BY_ORG(false, db -> db.getCollection("events").updateOne(mine(), set("type", "a"))),
    UPDATE_ONE_BY_ID(false, db -> db.getCollection("events").updateOne(eq("_id", "e"), set("type", "a"))),
    UPDATE_MANY(true, db -> db.getCollection("events").updateMany(mine(), set("type", "a"))),
    UPDATE_MANY_OF_ALL(false, db -> db.getCollection("events").updateMany(eq("type", "b"), set("type", "a"))),
    MOVE(false, db -> db.getCollection("events").updateOne(one(), set("org_id", "p"))),
    PIPELINE(
            false,
            db -> db.getCollection("events")
                    .updateOne(one(), List.of(new Document("$set", new Document("type", "a"))))),
    UPSERT(true, db -> db.getCollection("events").updateOne(one(), set("type", "a"), upsert())),
    UPSERT_BY_ORG(false, db -> db.getCollection("events").updateMany(mine(), set("type", "a"), upsert())),
    REPLACE(
            true,
            db -> db.getCollection("events")
                    .replaceOne(one(), new Document("org_id", "o"), new ReplaceOptions().upsert(true))),
    REPLACE_WITHOUT(false, db -> db.getCollection("events").replaceOne(one(), new Document("type", "a"))),
    BULK(
            true,
            db -> db.getCollection("events")
                    .bulkWrite(List.of(new UpdateOneModel<>(one(), set("type", "a")), new DeleteManyModel<>(mine())))),
    BULK_ONE_WITHOUT(
            false,
            db -> db.getCollection("events")
                    .bulkWrite(List.of(
                            new UpdateOneModel<>(one(), set("type", "a")), new DeleteManyModel<>(eq("_id", "e"))))),
    DELETE_ONE(true, db -> db.getCollection("events").deleteOne(one())),
    DELETE_ONE_BY_ORG(false, db -> db.getCollection("events").deleteOne(mine())),
    DELETE_MANY(true, db -> db.getCollection("events").deleteMany(mine())),
    DELETE_ALL(false, db -> db.getCollection("events").deleteMany(new Document())),
    FIND_AND_UPDATE(true, db -> db.getCollection("events").findOneAndUpdate(one(), set("type", "a"))),
    FIND_AND_UPDATE_BY_ORG(false, db -> db.getCollection("events").findOneAndUpdate(mine(), set("type", "a"))),
    FIND_AND_DELETE_BY_ID(false, db -> db.getCollection("events").findOneAndDelete(eq("_id", "e"))),
    AUDIT_APPENDED(true, db -> db.getCollection("audit_log").insertOne(new Document("org_id", "o"))),
    AUDIT_CHANGED(false, db -> db.getCollection("audit_log").updateOne(one(), set("actor", "a"))),
    AUDIT_FORGOTTEN(false, db -> db.getCollection("audit_log").deleteMany(mine())),
    INDEX(true, db -> db.getCollection("events").createIndex(new Document("type", 1))),
    UNIQUE_SHARD_KEY(true, db -> unique(db, new Document("org_id", 1).append("_id", 1))),
    UNIQUE_IN_ORG(false, db -> unique(db, new Document("org_id", 1).append("name", 1))),
    SWEEP(
            true,
            db -> db.getCollection("scheduled_jobs")
                    .find(gt("due_at", 1))
                    .comment(Sweep.DUE_JOBS.comment())
                    .first()),
    SWEEP_COUNT(
            true,
            db -> db.getCollection("scheduled_jobs")
                    .estimatedDocumentCount(new EstimatedDocumentCountOptions().comment(Sweep.PARKED_JOBS.comment()))),
    SWEEP_ELSEWHERE(
            false,
            db -> db.getCollection("credentials")
                    .find()
                    .comment(Sweep.DUE_JOBS.comment())
                    .first()),
    SWEEP_UNNAMED(
            false,
            db -> db.getCollection("scheduled_jobs")
                    .find()
                    .comment("sweep:EVERYTHING")
                    .first()),
    SWEEP_THAT_WRITES(
            false,
            db -> db.getCollection("scheduled_jobs")
                    .updateMany(
                            new Document(), set("due_at", 1), new UpdateOptions().comment(Sweep.DUE_JOBS.comment()))),
    SWEEP_THAT_COUNTS_EXACTLY(
            false,
            db -> db.getCollection("scheduled_jobs")
                    .countDocuments(new Document(), new CountOptions().comment(Sweep.PARKED_JOBS.comment()))),
    DIRECTORY_BY_ID(true, db -> read(db, "api_keys", eq("_id", "k"))),
    DIRECTORY_OF_ORG(true, db -> read(db, "api_keys", mine())),
    DIRECTORY_LIST(false, db -> read(db, "organizations", new Document())),
    DIRECTORY_COUNTER(
            true, db -> db.getCollection("login_attempts").findOneAndUpdate(eq("_id", "a"), Updates.inc("count", 1))),
    NOBODYS(true, db -> read(db, "unrouted_events", new Document()));

    private final boolean allowed;
    private final Consumer<MongoDatabase> operation;

    GuardedOperation(boolean allowed, Consumer<MongoDatabase> operation) {
        this.allowed = allowed;
        this.operation = operation;
    }

    boolean allowed() {
        return allowed;
    }

    void run(MongoDatabase database) {
        operation.accept(database);
    }

    private static Bson one() {
        return and(eq("_id", "e"), mine());
    }

    private static Bson mine() {
        return eq("org_id", "o");
    }

    private static UpdateOptions upsert() {
        return new UpdateOptions().upsert(true);
    }

    private static void read(MongoDatabase database, String collection, Bson filter) {
        database.getCollection(collection).find(filter).into(new ArrayList<>());
    }

    private static void aggregate(MongoDatabase database, List<Bson> stages) {
        database.getCollection("events").aggregate(stages).into(new ArrayList<>());
    }

    private static void unique(MongoDatabase database, Document keys) {
        database.getCollection("workflows").createIndex(keys, new IndexOptions().unique(true));
    }
}
