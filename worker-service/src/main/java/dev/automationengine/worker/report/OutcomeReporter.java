package dev.automationengine.worker.report;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueException;
import dev.automationengine.jobqueue.Later;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.PublishFailedException;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.worker.WorkerProperties;
import dev.automationengine.worker.attempt.Outcome;
import dev.automationengine.worker.lease.HeldJob;
import dev.automationengine.worker.lease.LeaseKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reports outcomes: publishes them, and gives up the leases only when Kafka has them. Group commit without a timer: an
 * outcome goes out at once when the reporter is idle; what finishes while one batch is under way makes the next.
 *
 * <p>While Kafka is away it keeps trying, and the leases are renewed meanwhile. What waits here is bounded: the worker
 * holds no more jobs than it may, and where lost ones have left outcomes behind, whoever has another waits.
 */
@Component
public class OutcomeReporter implements SmartLifecycle {
    private static final int BATCH = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(OutcomeReporter.class);

    private final FactPublisher publisher;
    private final JobQueue queue;
    private final LeaseKeeper leases;
    private final MeterRegistry meters;
    private final BlockingQueue<Outcome> finished;
    private volatile @Nullable Thread thread;

    OutcomeReporter(
            FactPublisher publisher,
            JobQueue queue,
            LeaseKeeper leases,
            WorkerProperties properties,
            MeterRegistry meters) {
        this.publisher = publisher;
        this.queue = queue;
        this.leases = leases;
        this.meters = meters;
        this.finished = new ArrayBlockingQueue<>(properties.maxConcurrentJobs());
    }

    /** Takes an outcome to report; waits while there is no room. */
    public void submit(Outcome outcome) throws InterruptedException {
        finished.put(outcome);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Outcome> batch = new ArrayList<>(List.of(finished.take()));
                finished.drainTo(batch, BATCH - 1);
                report(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(List<Outcome> batch) throws InterruptedException {
        insist("publish outcomes", batch, this::publish);
        insist("give up leases", batch, this::acknowledge);
        leases.drop(batch.stream().map(Outcome::job).toList());
    }

    /** Repeats a step until it succeeds for all jobs of the batch that are still ours. */
    private void insist(String what, List<Outcome> batch, Step step) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            List<Outcome> ours =
                    batch.stream().filter(outcome -> !outcome.job().lost()).toList();
            try {
                step.take(ours);
                return;
            } catch (PublishFailedException | JobQueueException e) {
                meters.counter("engine.worker.report.failed", "step", what.replace(' ', '_'))
                        .increment();
                log.warn("Could not {} of {} jobs, trying again", what, ours.size(), e);
            } catch (RuntimeException e) {
                meters.counter("engine.worker.report.failed", "step", what.replace(' ', '_'))
                        .increment();
                log.error("Could not {} of {} jobs, trying again", what, ours.size(), e);
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private void publish(List<Outcome> batch) {
        publisher.publish(batch.stream().flatMap(OutcomeReporter::fact).toList());
    }

    private static Stream<Fact> fact(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Attempted(HeldJob job, StepEvent event) ->
                Stream.of(new Fact(Topic.STEP_EVENTS, job.job().id().execution().value(), event));
            case Outcome.Deferred ignored -> Stream.empty();
            case Outcome.Pointless ignored -> Stream.empty();
        };
    }

    private void acknowledge(List<Outcome> batch) {
        List<ClaimedJob> done = new ArrayList<>();
        List<Later> retries = new ArrayList<>();
        List<Later> deferred = new ArrayList<>();
        for (Outcome outcome : batch) {
            ClaimedJob job = outcome.job().job();
            switch (outcome) {
                case Outcome.Attempted(HeldJob ignored, StepEvent.AttemptFailed failed)
                when !parked(failed) -> retries.add(new Later(job, failed.nextAttemptAt()));
                case Outcome.Attempted ignored -> done.add(job);
                case Outcome.Deferred(HeldJob ignored, Instant until) -> deferred.add(new Later(job, until));
                case Outcome.Pointless ignored -> done.add(job);
            }
        }
        Set<JobId> retried = retries.isEmpty() ? Set.of() : queue.retry(retries);
        Set<JobId> completed = done.isEmpty() ? Set.of() : queue.complete(done);
        Set<JobId> waiting = deferred.isEmpty() ? Set.of() : queue.defer(deferred);
        Stream.of(retried, completed, waiting).flatMap(Set::stream).forEach(this::stale);
    }

    /** Whether the dispatcher, by the same rule, lets the next attempt wait in MongoDB: here the job is over. */
    private static boolean parked(StepEvent.AttemptFailed failed) {
        return ScheduledJob.parked(failed.run().finishedAt(), failed.nextAttemptAt());
    }

    /** Reported, but somebody else has the job: the dispatcher goes by the fence. */
    private void stale(JobId job) {
        meters.counter("engine.worker.report.stale").increment();
        log.warn("Job {} was given to somebody else before its lease could be given up", job);
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("outcome-reporter").start(this::run);
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

    /** Stops after what claims and before what keeps the leases. */
    @Override
    public int getPhase() {
        return LeaseKeeper.PHASE + 1;
    }

    /** One of the two steps of a report. */
    @FunctionalInterface
    private interface Step {
        void take(List<Outcome> batch);
    }
}
