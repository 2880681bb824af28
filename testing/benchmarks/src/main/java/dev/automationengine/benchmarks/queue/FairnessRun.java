package dev.automationengine.benchmarks.queue;

import dev.automationengine.benchmarks.Latencies;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.localstack.load.OpenLoop;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long jobs of a small organization wait while a large one has a backlog that keeps every worker busy. Both lie in
 * one shard: nothing but turns lets the small one pass.
 */
final class FairnessRun {
    static final int BACKLOG = 50_000;
    private static final int WORKERS = 2;
    private static final int SLOTS = 32;
    private static final Duration JOB_TIME = Duration.ofMillis(40);
    private static final int BATCH = 500;
    private static final double RATE = 50;

    private final BenchRedis redis;
    private final BenchJobs jobs = new BenchJobs();
    private final Map<JobId, Long> queuedAt = new ConcurrentHashMap<>();

    FairnessRun(BenchRedis redis) {
        this.redis = redis;
    }

    /**
     * What was seen.
     *
     * @param waits from the enqueue of a job of the small organization to its start
     * @param backlog jobs of the large organization that still waited at the end: above 0, or nothing was shown
     * @param busy jobs of the large organization that were done meanwhile
     */
    record Result(Latencies waits, long backlog, long busy) {}

    Result run(Duration duration) {
        Latencies waits = new Latencies("start of a job of the small organization");
        OrgId large = OrgId.random();
        OrgId small = OrgId.random();
        try (RedisJobQueue queue = redis.queue("fair:", 1)) {
            for (int i = 0; i < BACKLOG; i += BATCH) {
                queue.enqueue(jobs.of(large, BATCH));
            }
            OpenLoop load = new OpenLoop(RATE, duration);
            CountDownLatch started = new CountDownLatch(load.calls());
            List<BenchWorker> workers = startWorkers(queue, job -> {
                if (job.org().equals(small)) {
                    wait(waits, job);
                    started.countDown();
                }
            });
            load.run(number -> queueOne(queue, small));
            if (!started.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(started.getCount() + " jobs did not start within a minute");
            }
            long backlog = queue.stats().ready();
            workers.forEach(BenchWorker::close);
            redis.wipe();
            return new Result(waits, backlog, BACKLOG - backlog);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private void wait(Latencies waits, ClaimedJob job) {
        Duration wait = Duration.ofNanos(System.nanoTime() - Objects.requireNonNull(queuedAt.remove(job.id())));
        synchronized (waits) {
            waits.add(wait);
        }
    }

    private static List<BenchWorker> startWorkers(RedisJobQueue queue, Consumer<ClaimedJob> onStart) {
        return IntStream.range(0, WORKERS)
                .mapToObj(i -> new BenchWorker(queue, "worker-" + i, SLOTS, JOB_TIME, onStart))
                .toList();
    }

    private void queueOne(RedisJobQueue queue, OrgId small) {
        NewJob job = jobs.job(small);
        queuedAt.put(job.id(), System.nanoTime());
        queue.enqueue(List.of(job));
    }
}
