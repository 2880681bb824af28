package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueueProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.redisson.api.RBatch;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.springframework.stereotype.Component;

/**
 * A number in each shard of the queue that only grows, and that MongoDB learns after Redis. If Redis has a smaller one
 * than MongoDB, or none, it has lost what it had acknowledged: it is empty, or came back with an older state.
 */
@Component
class QueueBeat {
    private static final long LOST = -1;

    /*
     * Each script: KEYS 1 the beat of a shard, HASH (beat: the number; rebuilding: 1 while the queue is being rebuilt).
     * ARGV 1 the number that MongoDB knows. Output: the new number, -1 if the shard has lost it. Sent twice they do no
     * harm: the number grows once more.
     */
    private static final String BEAT = """
            local beat = redis.call('HGET', KEYS[1], 'beat')
            if not beat or tonumber(beat) < tonumber(ARGV[1]) then return -1 end
            return redis.call('HINCRBY', KEYS[1], 'beat', 1)""";
    private static final String BEGIN = """
            return redis.call('HSET', KEYS[1], 'rebuilding', 1)""";
    /* Without the mark of the beginning Redis was emptied since then, or another replica was quicker. */
    private static final String END = """
            if redis.call('HDEL', KEYS[1], 'rebuilding') == 0 then return -1 end
            local beat = math.max(tonumber(redis.call('HGET', KEYS[1], 'beat') or 0), tonumber(ARGV[1])) + 1
            redis.call('HSET', KEYS[1], 'beat', string.format('%.0f', beat))
            return beat""";

    private final RedissonClient redisson;
    private final JobQueueProperties queue;

    QueueBeat(RedissonClient redisson, JobQueueProperties queue) {
        this.redisson = redisson;
        this.queue = queue;
    }

    /**
     * Lets the numbers grow.
     *
     * @param known what MongoDB knows, by shard; a shard that is missing counts as 0
     * @return the new numbers; empty for a shard that has lost its number
     */
    Map<Integer, OptionalLong> beat(Map<Integer, Long> known) {
        return run(BEAT, known);
    }

    /** Marks the beginning of a rebuild. */
    void begin() {
        run(BEGIN, Map.of());
    }

    /**
     * Marks the end of a rebuild.
     *
     * @return the new numbers; empty for a shard that has not been whole since the beginning
     */
    Map<Integer, OptionalLong> end(Map<Integer, Long> known) {
        return run(END, known);
    }

    private Map<Integer, OptionalLong> run(String script, Map<Integer, Long> known) {
        RBatch batch = redisson.createBatch();
        for (int shard = 0; shard < queue.shards(); shard++) {
            // The answer is in the batch's.
            var unused = batch.getScript(StringCodec.INSTANCE)
                    .evalAsync(
                            RScript.Mode.READ_WRITE,
                            script,
                            RScript.ReturnType.LONG,
                            List.of(key(shard)),
                            Long.toString(known.getOrDefault(shard, 0L)));
        }
        List<?> answers = batch.execute().getResponses();
        Map<Integer, OptionalLong> numbers = new LinkedHashMap<>();
        for (int shard = 0; shard < queue.shards(); shard++) {
            long answer = ((Number) answers.get(shard)).longValue();
            numbers.put(shard, answer == LOST ? OptionalLong.empty() : OptionalLong.of(answer));
        }
        return numbers;
    }

    /** In the slot of the shard: a cluster may lose one server and not the others. */
    private String key(int shard) {
        return queue.prefix() + "engine:queue-beat:{q:" + shard + "}";
    }
}
