package dev.automationengine.worker.claim;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueException;
import dev.automationengine.worker.WorkerProperties;
import dev.automationengine.worker.attempt.AttemptRunner;
import dev.automationengine.worker.attempt.Loaded;
import dev.automationengine.worker.attempt.Outcome;
import dev.automationengine.worker.attempt.Postponement;
import dev.automationengine.worker.attempt.WorkLoader;
import dev.automationengine.worker.connection.Bulkhead;
import dev.automationengine.worker.lease.HeldJob;
import dev.automationengine.worker.lease.LeaseKeeper;
import dev.automationengine.worker.report.OutcomeReporter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Claims jobs, never more than the worker can hold, and starts their attempts. One thread claims; each attempt has a
 * virtual thread. Idle, it sleeps until the queue wakes it, or for a while that grows from 5 ms to a second.
 */
@Component
public class JobPoller implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobPoller.class);

    private final JobQueue queue;
    private final WorkLoader loader;
    private final AttemptRunner attempts;
    private final OutcomeReporter reporter;
    private final Bulkhead bulkhead;
    private final Postponement postponement;
    private final LeaseKeeper leases;
    private final WorkerProperties properties;
    private final IdlePause idle = new IdlePause();
    private final Counter claimed;
    private volatile @Nullable Thread thread;

    JobPoller(
            JobQueue queue,
            WorkLoader loader,
            AttemptRunner attempts,
            OutcomeReporter reporter,
            Bulkhead bulkhead,
            Postponement postponement,
            LeaseKeeper leases,
            WorkerProperties properties,
            MeterRegistry meters) {
        this.queue = queue;
        this.loader = loader;
        this.attempts = attempts;
        this.reporter = reporter;
        this.bulkhead = bulkhead;
        this.postponement = postponement;
        this.leases = leases;
        this.properties = properties;
        this.claimed = meters.counter("engine.worker.claimed");
        Gauge.builder("engine.worker.jobs.free", this, JobPoller::free).register(meters);
    }

    private int free() {
        return properties.maxConcurrentJobs() - leases.size();
    }

    private void run() {
        try (JobQueue.Subscription subscription = wakes()) {
            while (thread != null) {
                if (leases.awaitFewerThan(properties.maxConcurrentJobs(), IdlePause.LONGEST)) {
                    poll();
                }
            }
        } catch (InterruptedException e) {
            log.debug("Stopped claiming");
        }
    }

    private void poll() throws InterruptedException {
        try {
            List<ClaimedJob> jobs =
                    queue.claim(properties.id(), Math.min(free(), properties.claimBatch()), properties.lease());
            if (jobs.isEmpty()) {
                idle.await();
                return;
            }
            idle.reset();
            claimed.increment(jobs.size());
            start(leases.hold(jobs));
        } catch (JobQueueException e) {
            log.warn("The job queue does not answer, trying again", e);
            idle.awaitLongest();
        } catch (RuntimeException e) {
            log.error("Claiming failed, trying again", e);
            idle.awaitLongest();
        }
    }

    private void start(List<HeldJob> jobs) throws InterruptedException {
        List<Loaded> work;
        try {
            work = loader.load(jobs);
        } catch (DataAccessException e) {
            log.warn("MongoDB does not answer: {} jobs go back to the queue", jobs.size(), e);
            giveBack(jobs);
            idle.awaitLongest();
            return;
        }
        for (Loaded job : work) {
            Optional<Duration> busy = bulkhead.enter(job.job().job());
            if (busy.isPresent()) {
                reporter.submit(postponement.busy(job.job(), busy.get()));
            } else {
                attempt(job);
            }
        }
    }

    private void attempt(Loaded work) {
        Thread attempt = Thread.ofVirtual().name("attempt").unstarted(() -> run(work));
        work.job().attemptBy(attempt);
        attempt.start();
    }

    private void run(Loaded work) {
        HeldJob job = work.job();
        long start = System.nanoTime();
        try {
            Outcome outcome;
            try {
                outcome = attempts.run(work);
            } finally {
                bulkhead.leave(job.job(), Duration.ofNanos(System.nanoTime() - start));
            }
            reporter.submit(outcome);
        } catch (InterruptedException e) {
            log.debug(
                    "Job {} was lost before its outcome could be reported",
                    job.job().id());
        } finally {
            job.attemptEnded();
        }
    }

    private void giveBack(List<HeldJob> jobs) {
        try {
            queue.release(jobs.stream().map(HeldJob::job).toList());
        } finally {
            leases.drop(jobs);
        }
    }

    /** Without Redis there is no subscription; polling goes on and finds everything a little later. */
    private JobQueue.Subscription wakes() {
        try {
            return queue.onWake(idle::wake);
        } catch (RuntimeException e) {
            log.warn("No wake-ups from the job queue, polling only", e);
            return () -> {};
        }
    }

    @Override
    public void start() {
        Thread poller = Thread.ofPlatform().name("job-poller").unstarted(this::run);
        thread = poller;
        poller.start();
    }

    /** Stops claiming, lets attempts end for a while, then gives the rest back. */
    @Override
    public void stop() {
        Thread poller = thread;
        thread = null;
        long end = System.nanoTime() + properties.drain().toNanos();
        try {
            if (poller != null) {
                idle.wake();
                poller.join(properties.drain());
            }
            leases.awaitFewerThan(1, Duration.ofNanos(end - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leases.releaseAll();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts last and stops first. */
    @Override
    public int getPhase() {
        return LeaseKeeper.PHASE + 2;
    }
}
