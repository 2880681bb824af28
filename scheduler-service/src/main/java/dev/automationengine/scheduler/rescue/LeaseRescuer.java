package dev.automationengine.scheduler.rescue;

import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.kit.background.BackgroundService;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Looks each second for jobs whose worker has not renewed its lease, and makes them ready for another. Any number of
 * replicas may do it. The queue logs and counts each of them ({@code engine.queue.jobs}).
 */
@Component
public class LeaseRescuer implements BackgroundService {
    private static final int MOST_PER_SHARD = 500;
    private static final Duration REST = Duration.ofSeconds(1);

    private final JobQueue queue;

    LeaseRescuer(JobQueue queue) {
        this.queue = queue;
    }

    @Override
    public String name() {
        return "rescuer";
    }

    @Override
    public Duration round() {
        // A shard that had its fill may have more.
        return queue.rescue(MOST_PER_SHARD) < MOST_PER_SHARD ? REST : Duration.ZERO;
    }
}
