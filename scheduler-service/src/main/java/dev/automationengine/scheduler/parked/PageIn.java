package dev.automationengine.scheduler.parked;

import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Gives parked jobs to the queue shortly before they are due, then deletes them. Who dies in between leaves them to be
 * given once more, and the queue refuses what it has; so any number of replicas may do it, without a lease.
 */
@Component
public class PageIn implements BackgroundService {
    private final ParkedJobs parked;
    private final WaitingSteps steps;
    private final JobQueue queue;
    private final ParkedProperties properties;
    private final InstantSource clock;
    private final Counter pagedIn;
    private final Counter obsolete;
    private final Timer lateness;

    PageIn(
            ParkedJobs parked,
            WaitingSteps steps,
            JobQueue queue,
            ParkedProperties properties,
            JobQueueProperties queueProperties,
            InstantSource clock,
            MeterRegistry meters) {
        properties.requireFitting(queueProperties.doneRetention());
        this.parked = parked;
        this.steps = steps;
        this.queue = queue;
        this.properties = properties;
        this.clock = clock;
        this.pagedIn = ParkedMetrics.event(meters, "paged_in");
        this.obsolete = ParkedMetrics.event(meters, "obsolete");
        this.lateness = Timer.builder("engine.scheduled.jobs.lateness")
                .description("How long after it was due a parked job came into the queue; 0: in time")
                .publishPercentileHistogram()
                .register(meters);
    }

    @Override
    public String name() {
        return "page-in";
    }

    @Override
    public Duration round() {
        parked.due(clock.instant().plus(properties.lookahead()), properties.batch(), this::pageIn);
        return properties.interval();
    }

    private void pageIn(List<NewJob> jobs) {
        List<NewJob> awaited = steps.awaited(jobs);
        if (!awaited.isEmpty()) {
            pagedIn.increment(queue.enqueue(awaited));
        }
        obsolete.increment(jobs.size() - awaited.size());
        Instant now = clock.instant();
        awaited.forEach(job -> lateness.record(late(job, now)));
        // Last: until they are in the queue nobody else knows of them.
        parked.delete(jobs);
    }

    private static Duration late(NewJob job, Instant now) {
        Instant due = job.dueAt();
        return due == null || due.isAfter(now) ? Duration.ZERO : Duration.between(due, now);
    }
}
