package dev.automationengine.jobqueue;

import dev.automationengine.jobqueue.QueueMetrics.Event;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job queue in Redis 6.2 or later, single or cluster. Each verb is a Lua script over one shard, so it happens whole
 * or not at all; what concerns several shards is sent to them at the same time.
 *
 * <p>Redis must not evict ({@code maxmemory-policy noeviction}) and should write an append-only file. Should it lose
 * jobs all the same, they are queued again from MongoDB.
 */
public final class RedisJobQueue implements JobQueue, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisJobQueue.class);

    private final JobQueueProperties properties;
    private final QueueKeys keys;
    private final QueueMetrics metrics;
    private final ScriptRunner runner;
    private final ShardProbe probe;
    private final NudgeChannel nudges;
    private final Claims claims;

    /** A queue that keeps time by the clock of Redis. It connects when it is used first. */
    public RedisJobQueue(RedissonClient redisson, JobQueueProperties properties, MeterRegistry registry) {
        this(redisson, properties, registry, null);
    }

    RedisJobQueue(
            RedissonClient redisson,
            JobQueueProperties properties,
            MeterRegistry registry,
            @Nullable InstantSource clock) {
        this.properties = properties;
        this.keys = new QueueKeys(properties.prefix(), properties.shards());
        this.metrics = new QueueMetrics(registry);
        this.runner = new ScriptRunner(redisson, keys, metrics, properties.timeout(), clock);
        this.probe = new ShardProbe(redisson, keys, properties.timeout());
        ShardHints hints = new ShardHints(properties.shards());
        this.nudges = new NudgeChannel(redisson, keys.channel(), hints);
        this.claims = new Claims(runner, probe, hints, nudges, properties);
    }

    @Override
    public int enqueue(List<NewJob> jobs) {
        int added = 0;
        for (ShardCalls<NewJob> wave : ShardCalls.waves(jobs, NewJob::org, keys, properties.batch())) {
            Map<Integer, Long> counts = runner.run(QueueScript.ENQUEUE, wave.args(List.of(), JobFormat::added));
            added += counts.values().stream().mapToInt(Long::intValue).sum();
        }
        metrics.count(Event.ENQUEUED, added);
        metrics.count(Event.DUPLICATE, jobs.size() - added);
        return added;
    }

    @Override
    public List<ClaimedJob> claim(String workerId, int max, Duration lease) {
        if (max <= 0) {
            return List.of();
        }
        List<ClaimedJob> claimed = claims.claim(workerId, max, lease);
        metrics.count(Event.CLAIMED, claimed.size());
        return claimed;
    }

    @Override
    public Set<ClaimedJob> renew(Collection<ClaimedJob> held, Duration lease) {
        Set<String> lost = refused(QueueScript.RENEW, held, Long.toString(lease.toMillis()), JobFormat::proof);
        metrics.count(Event.LOST, lost.size());
        return held.stream()
                .filter(job -> lost.contains(job.id() + " " + job.fence()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<JobId> complete(Collection<ClaimedJob> done) {
        Set<String> stale =
                refused(QueueScript.COMPLETE, done, Integer.toString(properties.doneLimit()), JobFormat::completed);
        metrics.count(Event.STALE, stale.size());
        metrics.count(Event.COMPLETED, done.size() - stale.size());
        return stale.stream().map(JobId::parse).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<JobId> retry(Collection<Later> jobs) {
        return later(QueueScript.RETRY, Event.RETRIED, jobs, 1);
    }

    @Override
    public Set<JobId> defer(Collection<Later> jobs) {
        return later(QueueScript.DEFER, Event.DEFERRED, jobs, 0);
    }

    @Override
    public void release(Collection<ClaimedJob> jobs) {
        for (ShardCalls<ClaimedJob> wave : ShardCalls.waves(jobs, ClaimedJob::org, keys, properties.batch())) {
            Map<Integer, Long> counts = runner.run(QueueScript.RELEASE, wave.args(List.of(), JobFormat::proof));
            metrics.count(
                    Event.RELEASED,
                    counts.values().stream().mapToLong(Long::longValue).sum());
        }
    }

    @Override
    public Promotion promote(int max) {
        Map<Integer, List<Long>> outputs = onAllShards(
                QueueScript.PROMOTE,
                List.of(atMost(max), Long.toString(properties.doneRetention().toMillis())));
        int promoted = 0;
        long next = Long.MAX_VALUE;
        for (List<Long> output : outputs.values()) {
            promoted += output.getFirst().intValue();
            next = output.get(1) < 0 ? next : Math.min(next, output.get(1));
            if (output.getFirst() > 0) {
                metrics.promotedLate(output.get(2));
            }
        }
        metrics.count(Event.PROMOTED, promoted);
        return new Promotion(promoted, next == Long.MAX_VALUE ? null : Instant.ofEpochMilli(next));
    }

    @Override
    public int rescue(int max) {
        Map<Integer, List<String>> outputs = onAllShards(QueueScript.RESCUE, List.of(atMost(max)));
        int rescued = 0;
        for (List<String> output : outputs.values()) {
            for (int i = 0; i < output.size(); i += 3) {
                logRescue(JobId.parse(output.get(i)), output.get(i + 1), output.get(i + 2));
                rescued++;
            }
        }
        metrics.count(Event.RESCUED, rescued);
        return rescued;
    }

    @Override
    public void setConcurrencyCap(OrgId org, int cap) {
        if (cap < 0) {
            throw new IllegalArgumentException("a concurrency cap is not negative");
        }
        String limit = cap == UNLIMITED ? "-1" : Integer.toString(cap);
        runner.run(QueueScript.CAP, keys.shardOf(org), List.of(org.value(), limit));
    }

    @Override
    public void setRateLimit(OrgId org, String key, @Nullable RateLimit limit) {
        NewJob.requireLimitKey(key);
        String permits = limit == null ? "0" : Integer.toString(limit.permits());
        String microsPerPermit = limit == null ? "0" : Long.toString(limit.microsPerPermit());
        runner.run(QueueScript.LIMIT, keys.shardOf(org), List.of(org.value(), key, permits, microsPerPermit));
    }

    @Override
    public void hold(OrgId org, String key, Instant until) {
        NewJob.requireLimitKey(key);
        runner.run(QueueScript.HOLD, keys.shardOf(org), List.of(org.value(), key, Long.toString(until.toEpochMilli())));
    }

    @Override
    public Subscription onWake(Runnable listener) {
        return nudges.listen(listener);
    }

    @Override
    public QueueStats stats() {
        return probe.stats();
    }

    /** Ends all subscriptions. The Redis client is the caller's. */
    @Override
    public void close() {
        nudges.close();
    }

    private Set<JobId> later(QueueScript script, Event event, Collection<Later> jobs, int chargedAttempts) {
        Set<String> stale = new HashSet<>();
        List<String> charge = List.of(Integer.toString(chargedAttempts));
        for (ShardCalls<Later> wave : ShardCalls.waves(jobs, each -> each.job().org(), keys, properties.batch())) {
            Map<Integer, List<String>> outputs = runner.run(script, wave.args(charge, JobFormat::later));
            outputs.values().forEach(stale::addAll);
        }
        metrics.count(Event.STALE, stale.size());
        metrics.count(event, jobs.size() - stale.size());
        return stale.stream().map(JobId::parse).collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> refused(
            QueueScript script, Collection<ClaimedJob> jobs, String option, Function<ClaimedJob, List<String>> fields) {
        Set<String> refused = new HashSet<>();
        for (ShardCalls<ClaimedJob> wave : ShardCalls.waves(jobs, ClaimedJob::org, keys, properties.batch())) {
            Map<Integer, List<String>> outputs = runner.run(script, wave.args(List.of(option), fields));
            outputs.values().forEach(refused::addAll);
        }
        return refused;
    }

    private <R> Map<Integer, R> onAllShards(QueueScript script, List<String> args) {
        return runner.run(
                script,
                IntStream.range(0, keys.shards()).boxed().collect(Collectors.toMap(shard -> shard, shard -> args)));
    }

    private String atMost(int max) {
        return Integer.toString(Math.clamp(max, 0, properties.batch()));
    }

    private static void logRescue(JobId job, String org, String worker) {
        LOG.atWarn()
                .addKeyValue("org_id", org)
                .addKeyValue("execution_id", job.execution())
                .addKeyValue("step_id", job.step())
                .addKeyValue("worker_id", worker)
                .log("A worker fell silent: its lease ended, the job is ready again");
    }
}
