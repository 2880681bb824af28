package dev.automationengine.jobqueue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the queue; the same in every service. A service enables them with
 * {@code @EnableConfigurationProperties(JobQueueProperties.class)}.
 *
 * @param shards parts that the queue is cut into, by organization, so that a Redis Cluster can share the work; 1 to
 *     4096. Change it only while the queue is empty: jobs are looked for where the new number puts them
 * @param prefix text before every key and channel, so that several queues can live in one Redis; usually empty
 * @param quantum most jobs of one organization in a row while others wait; 1 to 1000. More means fewer steps per claim
 *     and coarser turns
 * @param batch most jobs per script call; 1 to 1000. Redis does nothing else while a script runs
 * @param doneRetention how long a completed job's id is remembered, so that it is not queued again
 * @param doneLimit most ids remembered per shard; the oldest are forgotten first
 * @param timeout how long to wait for Redis
 */
@ConfigurationProperties("engine.queue")
public record JobQueueProperties(
        @DefaultValue("16") int shards,
        @DefaultValue("") String prefix,
        @DefaultValue("5") int quantum,
        @DefaultValue("500") int batch,
        @DefaultValue("5m") Duration doneRetention,
        @DefaultValue("100000") int doneLimit,
        @DefaultValue("3s") Duration timeout) {
    private static final int MAX_SHARDS = 4096;
    private static final int MAX_IN_ONE_CALL = 1000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range, or the prefix has a brace
     */
    public JobQueueProperties {
        requireRange("shards", shards, MAX_SHARDS);
        requireRange("quantum", quantum, MAX_IN_ONE_CALL);
        requireRange("batch", batch, MAX_IN_ONE_CALL);
        requireRange("done-limit", doneLimit, Integer.MAX_VALUE);
        if (prefix.contains("{")) {
            throw new IllegalArgumentException("engine.queue.prefix must not have a brace: it would move the hash tag");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("engine.queue.timeout must be 1 ms or more");
        }
    }

    /** The defaults, with a prefix and a number of shards of the caller's own. */
    public static JobQueueProperties of(String prefix, int shards) {
        return new JobQueueProperties(shards, prefix, 5, 500, Duration.ofMinutes(5), 100_000, Duration.ofSeconds(3));
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("engine.queue." + name + " must be between 1 and " + max);
        }
    }
}
