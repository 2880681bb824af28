package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.kit.background.BackgroundService;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.scheduler.recovery.QueueHealth.Loss;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Notices that Redis has lost jobs, and puts all of them back from MongoDB; lost single ones are searched besides. */
@Component
public class QueueRebuilder implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(QueueRebuilder.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private final QueueHealth health;
    private final RunningExecutions executions;
    private final PutBack queue;
    private final LostJobSearch search;
    private final CaughtUp caughtUp;
    private final RecoveryProperties properties;
    private final InstantSource clock;
    private final JsonMapper json;
    private @Nullable Instant lostSince;

    QueueRebuilder(
            QueueHealth health,
            RunningExecutions executions,
            PutBack queue,
            LostJobSearch search,
            AppliedOutcomes outcomes,
            RecoveryProperties properties,
            JobQueueProperties queueProperties,
            InstantSource clock,
            JsonMapper json) {
        this.health = health;
        this.executions = executions;
        this.queue = queue;
        this.search = search;
        this.caughtUp = new CaughtUp(outcomes, clock, queueProperties);
        this.properties = properties;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String name() {
        return "rebuilder";
    }

    @Override
    public Duration round() {
        Loss loss = health.look();
        if (loss == Loss.NONE) {
            lostSince = null;
            search.searchWhenDue();
        } else {
            rebuildAfterGrace(loss);
        }
        return REST;
    }

    private void rebuildAfterGrace(Loss loss) {
        Instant now = clock.instant();
        if (lostSince == null) {
            lostSince = now;
            caughtUp.reset();
            log.warn("Redis {}: the queue is rebuilt from MongoDB after {}", loss, properties.grace());
        }
        // A queue that is new has nothing that a worker could hold.
        boolean graceOver = loss == Loss.NEW || Duration.between(lostSince, now).compareTo(properties.grace()) >= 0;
        if (graceOver && caughtUp.isReached()) {
            rebuild(now);
            lostSince = null;
        }
    }

    private void rebuild(Instant now) {
        String running = health.restoring();
        AtomicInteger missing = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        // What is due later lies in scheduled_jobs, which Redis cannot lose.
        Instant horizon = now.plus(ScheduledJob.HORIZON);
        executions.all(properties.page(), page -> {
            seen.addAndGet(page.size());
            missing.addAndGet(queue.putBack(page.stream()
                    .flatMap(execution -> execution.jobs(now, horizon, json::writeValueAsString).stream())
                    .toList()));
        });
        // Last: should we die before, another replica, or we ourselves, begin again.
        health.restored(running);
        log.warn(
                "The queue is rebuilt: {} jobs were missing, of {} executions, in {}",
                missing,
                seen,
                Duration.between(now, clock.instant()));
    }
}
