package dev.automationengine.jobqueue;

import dev.automationengine.model.id.OrgId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Every Redis key and channel of the queue. All keys of shard N carry the hash tag <code>{q:N}</code>, so that they
 * share a slot of a Redis Cluster and one script may touch them all.
 */
final class QueueKeys {
    private final String prefix;
    private final List<List<Object>> byShard;

    QueueKeys(String prefix, int shards) {
        this.prefix = prefix;
        this.byShard = IntStream.range(0, shards)
                .mapToObj(shard -> List.<Object>of(
                        ring(shard),
                        readyPrefix(shard),
                        jobPrefix(shard),
                        leases(shard),
                        holders(shard),
                        delayed(shard),
                        active(shard),
                        virtualTimes(shard),
                        caps(shard),
                        lanePrefix(shard),
                        closed(shard),
                        limits(shard),
                        used(shard),
                        holds(shard),
                        done(shard),
                        meta(shard)))
                .toList();
    }

    /** ZSET organization → virtual time: the organizations with ready jobs and room under their caps. */
    String ring(int shard) {
        return key(shard, "ring");
    }

    /**
     * Before an organization: ZSET job → rank (priority, then place in the line): its ready jobs. A lane that may give
     * jobs stands in it as {@code @KEY}, with the rank of its first job.
     */
    String readyPrefix(int shard) {
        return key(shard, "ready:");
    }

    /** Before a job id: HASH org, rank, payload, and where not usual fence, attempt, rescued, rescues, limit. */
    String jobPrefix(int shard) {
        return key(shard, "job:");
    }

    /** ZSET job → end of its lease in ms: the jobs that workers hold. */
    String leases(int shard) {
        return key(shard, "leases");
    }

    /** HASH job → fence and worker: who holds it. */
    String holders(int shard) {
        return key(shard, "holders");
    }

    /** ZSET job → when it is due in ms: the jobs that wait for their time. */
    String delayed(int shard) {
        return key(shard, "delayed");
    }

    /** HASH organization → number of its leased jobs; an organization without any has no entry. */
    String active(int shard) {
        return key(shard, "active");
    }

    /** ZSET organization → virtual time it has used up, kept while that is ahead of the clock and others wait. */
    String virtualTimes(int shard) {
        return key(shard, "vt");
    }

    /** HASH organization → most jobs it may have leased; an organization without a limit has no entry. */
    String caps(int shard) {
        return key(shard, "caps");
    }

    /** Before a lane, which is organization, space, limit key: ZSET job → rank: its ready jobs. */
    String lanePrefix(int shard) {
        return key(shard, "lane:");
    }

    /** ZSET lane → when it may give a job again in ms: lanes that have jobs and may not give them. */
    String closed(int shard) {
        return key(shard, "closed");
    }

    /** HASH lane → permits and microseconds per permit; a lane without a rate limit has no entry. */
    String limits(int shard) {
        return key(shard, "limits");
    }

    /** ZSET lane → when its bucket of permits is full again in µs; full ones have no entry. */
    String used(int shard) {
        return key(shard, "used");
    }

    /** ZSET lane → when its hold ends in ms; what is over is trimmed. */
    String holds(int shard) {
        return key(shard, "holds");
    }

    /** ZSET job → when it was completed in ms: ids not to be queued again, trimmed by age and by number. */
    String done(int shard) {
        return key(shard, "done");
    }

    /** HASH seq (last place given), clock (virtual time), ready (number of ready jobs); gone when the shard is empty. */
    String meta(int shard) {
        return key(shard, "meta");
    }

    /** Pub/sub channel on which a script tells the number of its shard when an organization came onto the ring. */
    String channel() {
        return prefix + "engine:jobs";
    }

    /** The KEYS of every script, in the order in which queue.lua names them. */
    List<Object> of(int shard) {
        return byShard.get(shard);
    }

    /** The number of shards. */
    int shards() {
        return byShard.size();
    }

    /** Where an organization's jobs are. Part of the stored format: another hash would not find them. */
    int shardOf(OrgId org) {
        CRC32 hash = new CRC32();
        hash.update(org.value().getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % byShard.size());
    }

    private String key(int shard, String name) {
        return prefix + "{q:" + shard + "}:" + name;
    }
}
