package dev.automationengine.systemtests.faults;

import dev.automationengine.localstack.infrastructure.RedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks into the queue's Redis, past the engine: is anything left in it? (libs/job-queue has the catalogue of keys.) */
final class QueueCheck {
    private static final int SHARDS = 16;
    private static final Map<String, String> COUNTS = Map.of(
            "leases", "ZCARD",
            "delayed", "ZCARD",
            "ring", "ZCARD",
            "active", "HLEN");

    private QueueCheck() {}

    /** What is not empty, such as {@code {q:3}:leases 2}. */
    static List<String> leftovers(int port, String org) {
        List<String> found = new ArrayList<>();
        try (RedisConnection redis = new RedisConnection(port)) {
            for (int shard = 0; shard < SHARDS; shard++) {
                String prefix = "{q:" + shard + "}:";
                for (Map.Entry<String, String> key : COUNTS.entrySet()) {
                    add(found, redis, key.getValue(), prefix + key.getKey());
                }
                add(found, redis, "ZCARD", prefix + "ready:" + org);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void add(List<String> found, RedisConnection redis, String command, String key) throws IOException {
        String answer = redis.call(command + " " + key);
        if (!answer.equals(":0")) {
            found.add(key + " " + answer);
        }
    }
}
