package dev.automationengine.scheduler.recovery;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.UpdateOptions;
import dev.automationengine.jobqueue.JobQueueProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** What MongoDB knows of the beats: the collection {@code queue_beats}, one document for each queue. */
@Repository
class BeatStore {
    private static final String COLLECTION = "queue_beats";
    private static final String SHARDS = "shards";
    private static final String RUNS = "runs";

    private final MongoTemplate mongo;
    private final String id;

    BeatStore(MongoTemplate mongo, JobQueueProperties queue) {
        this.mongo = mongo;
        this.id = queue.prefix() + "queue";
    }

    /**
     * The last numbers that Redis has acknowledged, and which runs of its servers did.
     *
     * @param shards number by shard
     * @param runs as {@link RedisRuns} tells
     */
    record Known(Map<Integer, Long> shards, String runs) {}

    /** Null if there never was a queue. */
    @Nullable
    Known read() {
        Document document = mongo.getCollection(COLLECTION).find(eq("_id", id)).first();
        if (document == null) {
            return null;
        }
        Map<Integer, Long> shards = new HashMap<>();
        document.get(SHARDS, new Document())
                .forEach((shard, beat) -> shards.put(Integer.valueOf(shard), ((Number) beat).longValue()));
        return new Known(shards, document.get(RUNS, ""));
    }

    /** Keeps the higher of each two numbers. */
    void learn(Map<Integer, OptionalLong> beats, @Nullable String runs) {
        Document max = new Document();
        beats.forEach((shard, beat) -> beat.ifPresent(number -> max.append(SHARDS + "." + shard, number)));
        Document update = new Document("$max", max);
        if (runs != null) {
            update.append("$set", new Document(RUNS, runs));
        }
        mongo.getCollection(COLLECTION).updateOne(eq("_id", id), update, new UpdateOptions().upsert(true));
    }
}
