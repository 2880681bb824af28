package dev.automationengine.benchmarks.queue;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.redisson.api.RBatch;
import org.redisson.client.codec.StringCodec;

/** How much the queue does at most: several threads, each waiting for its answer before it sends the next batch. */
final class ThroughputRun {
    private static final int SHARDS = 16;
    private static final int ORGANIZATIONS = 500;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final BenchRedis redis;
    private final BenchJobs jobs = new BenchJobs();
    private final List<OrgId> organizations = BenchJobs.organizations(ORGANIZATIONS);
    private final int threads;
    private final int batch;

    ThroughputRun(BenchRedis redis, int threads, int batch) {
        this.redis = redis;
        this.threads = threads;
        this.batch = batch;
    }

    /** Does everything {@code count} times, first the plain commands, and leaves Redis empty. */
    List<Phase> run(int count) {
        List<Phase> phases = new ArrayList<>();
        phases.add(measure("SET, pipelined", count, number -> pipeline(number, true)));
        phases.add(measure("GET, pipelined", count, number -> pipeline(number, false)));
        redis.wipe();
        try (RedisJobQueue queue = redis.queue("bench:", SHARDS)) {
            phases.add(measure(
                    "enqueue, a batch is of one organization",
                    count,
                    number -> queue.enqueue(jobs.of(organizations.get(number % ORGANIZATIONS), batch))));
            phases.add(measure("claim + complete", count, number -> drain(queue)));
            phases.add(measure(
                    "enqueue, a batch is of " + batch + " organizations",
                    count,
                    number -> queue.enqueue(jobs.across(organizations, number * batch, batch))));
            phases.add(measure("claim + complete", count, number -> drain(queue)));
            phases.add(measure("whole life: enqueue, claim, complete", count, number -> {
                queue.enqueue(jobs.of(organizations.get(number % ORGANIZATIONS), batch));
                return drain(queue);
            }));
        }
        redis.wipe();
        return phases;
    }

    private int drain(JobQueue queue) {
        List<ClaimedJob> claimed = queue.claim("bench", batch, LEASE);
        queue.complete(claimed);
        return claimed.size();
    }

    private int pipeline(int number, boolean write) {
        RBatch pipeline = redis.client().createBatch();
        for (int i = 0; i < batch; i++) {
            var bucket = pipeline.getBucket("plain:" + (number * batch + i), StringCodec.INSTANCE);
            var unused =
                    write ? bucket.setAsync("a value of about the size of a reference to a job") : bucket.getAsync();
        }
        pipeline.execute();
        return batch;
    }

    /** Repeats a work on all threads until it was done often enough. */
    private Phase measure(String name, int count, Work work) {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        double cpu = redis.cpuSeconds();
        long begin = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    // Counted before: a thread that comes last must not find an empty queue and wait for ever.
                    while (done.get() < count) {
                        done.addAndGet(work.once(calls.getAndIncrement()));
                    }
                }));
            }
            all.forEach(ThroughputRun::await);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Phase(name, done.get(), seconds, redis.cpuSeconds() - cpu);
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the measurement broke off", e.getCause());
        }
    }

    /** One call, or some that belong together. */
    @FunctionalInterface
    private interface Work {
        /** Gives how many jobs or keys it concerned. */
        int once(int number);
    }
}
