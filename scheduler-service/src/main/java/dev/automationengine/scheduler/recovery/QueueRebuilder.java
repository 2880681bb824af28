package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.NewJob;
import dev.automationengine.scheduler.background.BackgroundService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts jobs back that Redis lost: all of them when Redis comes back empty, single ones when they are long overdue. The
 * queue refuses a job that it has, so any number of replicas may do it, at any time.
 */
@Component
public class QueueRebuilder implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(QueueRebuilder.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private final JobQueue queue;
    private final QueueMark mark;
    private final RunningExecutions executions;
    private final RecoveryProperties properties;
    private final InstantSource clock;
    private final JsonMapper json;
    private final Counter rebuilt;
    private @Nullable Instant missingSince;
    private Instant nextSweep = Instant.MIN;
    private @Nullable RunningExecution sweptTo;

    QueueRebuilder(
            JobQueue queue,
            QueueMark mark,
            RunningExecutions executions,
            RecoveryProperties properties,
            InstantSource clock,
            JsonMapper json,
            MeterRegistry meters) {
        this.queue = queue;
        this.mark = mark;
        this.executions = executions;
        this.properties = properties;
        this.clock = clock;
        this.json = json;
        this.rebuilt = Counter.builder("engine.queue.rebuilt")
                .description("Jobs put back that Redis had lost")
                .register(meters);
    }

    @Override
    public String name() {
        return "rebuilder";
    }

    @Override
    public Duration round() {
        Instant now = clock.instant();
        if (mark.missing()) {
            rebuildAfterGrace(now);
        } else {
            missingSince = null;
            if (!now.isBefore(nextSweep)) {
                sweep(now);
            }
        }
        return REST;
    }

    private void rebuildAfterGrace(Instant now) {
        if (missingSince == null) {
            missingSince = now;
            log.warn("Redis is new or has lost the queue: it is rebuilt from MongoDB in {}", properties.grace());
        }
        if (Duration.between(missingSince, now).compareTo(properties.grace()) < 0) {
            return;
        }
        RunningExecution after = null;
        do {
            after = putBack(after, now, null);
        } while (after != null);
        // Last: should we die before, another replica, or we ourselves, begin again.
        mark.set();
        missingSince = null;
    }

    private void sweep(Instant now) {
        Instant overdueSince = now.minus(properties.overdue());
        for (int page = 0; page < properties.pagesPerRound(); page++) {
            sweptTo = putBack(sweptTo, overdueSince, overdueSince);
            if (sweptTo == null) {
                nextSweep = now.plus(properties.interval());
                return;
            }
        }
    }

    /** Puts the jobs of one page back; tells where the next page starts, null after the last. */
    private @Nullable RunningExecution putBack(
            @Nullable RunningExecution after, Instant unchangedSince, @Nullable Instant dueBefore) {
        List<RunningExecution> page = executions.page(after, unchangedSince, properties.page());
        List<NewJob> jobs = page.stream()
                .flatMap(execution -> execution.jobs(dueBefore, json::writeValueAsString).stream())
                .toList();
        int added = jobs.isEmpty() ? 0 : queue.enqueue(jobs);
        if (added > 0) {
            rebuilt.increment(added);
            log.warn("{} jobs were missing in Redis and are queued again", added);
        }
        return page.size() < properties.page() ? null : page.getLast();
    }
}
