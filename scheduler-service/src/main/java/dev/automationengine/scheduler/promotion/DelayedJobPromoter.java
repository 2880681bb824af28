package dev.automationengine.scheduler.promotion;

import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.Promotion;
import dev.automationengine.kit.background.BackgroundService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Makes delayed jobs ready when they are due: retries, and steps that wait. Any number of replicas may do it, the
 * queue gives each job once. How many and how late is counted by the queue ({@code engine.queue.jobs},
 * {@code engine.queue.promotion.lateness}).
 */
@Component
public class DelayedJobPromoter implements BackgroundService {
    /**
     * A job that is delayed while we rest is seen after this time. So one that is to wait longer is ready on time, and
     * only a shorter delay may become this long.
     */
    static final Duration LONGEST_REST = Duration.ofMillis(200);
    /** The clock of Redis decides what is due. Where ours is ahead, we ask again until it agrees. */
    static final Duration SHORTEST_REST = Duration.ofMillis(5);

    private static final int MOST_PER_SHARD = 500;

    private final JobQueue queue;
    private final InstantSource clock;

    DelayedJobPromoter(JobQueue queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "promoter";
    }

    @Override
    public Duration round() {
        return rest(queue.promote(MOST_PER_SHARD), clock.instant());
    }

    static Duration rest(Promotion promotion, Instant now) {
        Instant next = promotion.nextDueAt();
        if (next == null) {
            return LONGEST_REST;
        }
        Duration untilDue = Duration.between(now, next);
        if (untilDue.compareTo(LONGEST_REST) > 0) {
            return LONGEST_REST;
        }
        return untilDue.compareTo(SHORTEST_REST) > 0 ? untilDue : SHORTEST_REST;
    }
}
