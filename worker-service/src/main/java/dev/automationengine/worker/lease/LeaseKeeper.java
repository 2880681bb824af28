package dev.automationengine.worker.lease;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueException;
import dev.automationengine.worker.WorkerProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Knows the jobs that this worker holds and keeps their leases: at a third of the lease all are renewed in one batch.
 * A job that is not ours any more is ended at once, its outcome is dropped.
 */
@Component
public class LeaseKeeper implements SmartLifecycle {
    /** Starts before what claims, stops after it. */
    public static final int PHASE = 100;

    private static final int RENEWALS_PER_LEASE = 3;
    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private final JobQueue queue;
    private final Duration lease;
    private final Map<ClaimedJob, HeldJob> held = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Counter lostLeases;
    private volatile @Nullable Thread thread;

    LeaseKeeper(JobQueue queue, WorkerProperties properties, MeterRegistry meters) {
        this.queue = queue;
        this.lease = properties.lease();
        this.lostLeases = meters.counter("engine.worker.leases.lost");
        Gauge.builder("engine.worker.jobs.held", held, Map::size).register(meters);
    }

    /** Takes jobs into keeping that were just claimed. */
    public List<HeldJob> hold(Collection<ClaimedJob> jobs) {
        return jobs.stream().map(job -> held.computeIfAbsent(job, HeldJob::new)).toList();
    }

    /** How many jobs are held. */
    public int size() {
        return held.size();
    }

    /** Ends the keeping of jobs: they are reported, given back or lost. */
    public void drop(Collection<HeldJob> jobs) {
        jobs.forEach(job -> held.remove(job.job()));
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until fewer jobs are held.
     *
     * @param limit returns when fewer than this are held
     * @param patience returns after this time in any case
     * @return whether fewer are held
     */
    public boolean awaitFewerThan(int limit, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (held.size() >= limit && left > 0) {
                left = changed.awaitNanos(left);
            }
            return held.size() < limit;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives back what is still held and has not begun anything that must not be repeated; no attempt is charged. What
     * has begun is left to its lease: it will be rescued, and then says so.
     */
    public void releaseAll() {
        List<HeldJob> all = List.copyOf(held.values());
        List<HeldJob> untouched = all.stream().filter(HeldJob::untouched).toList();
        // First the threads: what is given back must not be worked on here.
        all.forEach(HeldJob::lose);
        try {
            queue.release(untouched.stream().map(HeldJob::job).toList());
        } catch (JobQueueException e) {
            log.warn("Redis is away: {} jobs are rescued when their leases end", all.size(), e);
        }
        drop(all);
        if (!all.isEmpty()) {
            log.info("Gave back {} of {} unfinished jobs", untouched.size(), all.size());
        }
    }

    /** Renews all leases once. */
    void renew() {
        List<ClaimedJob> jobs = List.copyOf(held.keySet());
        if (jobs.isEmpty()) {
            return;
        }
        try {
            Set<ClaimedJob> lost = queue.renew(jobs, lease);
            lost.forEach(this::lose);
        } catch (JobQueueException e) {
            log.warn("Could not renew {} leases, trying again", jobs.size(), e);
        }
    }

    private void lose(ClaimedJob job) {
        HeldJob ours = held.get(job);
        if (ours == null) {
            // Reported while the renewal was under way.
            return;
        }
        lostLeases.increment();
        log.atWarn()
                .addKeyValue("org_id", job.org())
                .addKeyValue("execution_id", job.id().execution())
                .addKeyValue("step_id", job.id().step())
                .log("The lease of a job is lost: its attempt is ended and its outcome dropped");
        ours.lose();
        drop(List.of(ours));
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(lease.dividedBy(RENEWALS_PER_LEASE));
                renew();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("Renewing leases failed, trying again", e);
            }
        }
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("lease-keeper").start(this::run);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
