package dev.automationengine.benchmarks.queue;

import dev.automationengine.benchmarks.queue.SoakReport.Sample;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.Later;
import dev.automationengine.jobqueue.QueueStats;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.localstack.load.OpenLoop;
import dev.automationengine.model.id.OrgId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A steady load over a long time, with jobs that are retried, deferred, given back and never heard of again. */
final class SoakRun {
    private static final int SHARDS = 16;
    private static final int ORGANIZATIONS = 500;
    private static final int BATCH = 50;
    private static final int CONSUMERS = 2;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofMillis(100);
    private static final Duration SAMPLE = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final long DRAIN_NANOS = Duration.ofMinutes(2).toNanos();
    private static final QueueStats NOTHING = new QueueStats(0, 0, 0, 0);

    private final BenchRedis redis;
    private final double rate;
    private final BenchJobs jobs = new BenchJobs();
    private final List<OrgId> organizations = BenchJobs.organizations(ORGANIZATIONS);
    private final List<Sample> samples = new ArrayList<>();
    private final AtomicLong completed = new AtomicLong();
    private volatile boolean drained;

    SoakRun(BenchRedis redis, double rate) {
        this.redis = redis;
        this.rate = rate;
    }

    SoakReport run(Duration duration) {
        long begin = System.nanoTime();
        try (RedisJobQueue queue = redis.queue("soak:", SHARDS);
                ScheduledExecutorService rounds = Executors.newScheduledThreadPool(2);
                ExecutorService consumers = Executors.newFixedThreadPool(CONSUMERS)) {
            organizations.subList(0, ORGANIZATIONS / 10).forEach(org -> queue.setConcurrencyCap(org, BATCH));
            var unusedTend =
                    rounds.scheduleWithFixedDelay(() -> tend(queue), 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
            var unusedSample =
                    rounds.scheduleAtFixedRate(() -> sample(begin), 0, SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < CONSUMERS; i++) {
                consumers.execute(() -> consume(queue));
            }
            new OpenLoop(rate / BATCH, duration)
                    .run(number -> queue.enqueue(jobs.of(organizations.get(number % ORGANIZATIONS), BATCH)));
            List<Sample> whileLoaded = samplesSoFar();
            awaitNothing(queue);
            drained = true;
            rounds.shutdown();
            organizations.forEach(org -> queue.setConcurrencyCap(org, JobQueue.UNLIMITED));
            queue.promote(BATCH);
            List<String> leaked = redis.keys("soak:").stream()
                    .filter(key -> !key.endsWith(":done"))
                    .toList();
            return new SoakReport(whileLoaded, completed.get(), queue.stats(), leaked);
        }
    }

    private void consume(JobQueue queue) {
        long calls = 0;
        while (!drained) {
            List<ClaimedJob> claimed = queue.claim("soak", BATCH, LEASE);
            if (claimed.isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                continue;
            }
            List<ClaimedJob> rest = claimed;
            // Of every tenth batch one job goes each other way; the first is dropped, as by a worker that dies.
            if (++calls % 10 == 0 && claimed.size() > 4) {
                Instant due = Instant.now().plus(LATER);
                queue.retry(List.of(new Later(claimed.get(1), due)));
                queue.defer(List.of(new Later(claimed.get(2), due)));
                queue.release(claimed.subList(3, 4));
                rest = claimed.subList(4, claimed.size());
            }
            queue.renew(rest, LEASE);
            completed.addAndGet(rest.size() - queue.complete(rest).size());
        }
    }

    private static void tend(JobQueue queue) {
        queue.promote(500);
        queue.rescue(500);
    }

    private void sample(long begin) {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        synchronized (samples) {
            samples.add(new Sample(Duration.ofNanos(System.nanoTime() - begin), redis.usedMemory(), heap));
        }
    }

    private List<Sample> samplesSoFar() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    private static void awaitNothing(JobQueue queue) {
        long end = System.nanoTime() + DRAIN_NANOS;
        while (!queue.stats().equals(NOTHING) && System.nanoTime() < end) {
            LockSupport.parkNanos(ROUND.toNanos());
        }
    }
}
