package dev.automationengine.scheduler.depth;

import dev.automationengine.jobqueue.JobQueue;
import dev.automationengine.jobqueue.QueueStats;
import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts the queue every few seconds, whoever asks for the metrics and however often. While Redis is away the gauges
 * have no value: the last one would look as if all were well.
 */
@Component
public class DepthGauges implements BackgroundService {
    private static final Duration REST = Duration.ofSeconds(2);

    private final JobQueue queue;
    private volatile @Nullable QueueStats last;

    DepthGauges(JobQueue queue, MeterRegistry meters) {
        this.queue = queue;
        jobs(meters, "ready", QueueStats::ready);
        jobs(meters, "delayed", QueueStats::delayed);
        jobs(meters, "leased", QueueStats::leased);
        Gauge.builder("engine.queue.waiting.organizations", () -> value(QueueStats::waitingOrganizations))
                .description("Organizations with ready jobs and room under their cap")
                .register(meters);
    }

    @Override
    public String name() {
        return "depth-gauges";
    }

    @Override
    public Duration round() {
        try {
            last = queue.stats();
        } catch (RuntimeException e) {
            last = null;
            throw e;
        }
        return REST;
    }

    private void jobs(MeterRegistry meters, String state, ToDoubleFunction<QueueStats> count) {
        Gauge.builder("engine.queue.depth", () -> value(count))
                .description("Jobs in the queue by state")
                .tag("state", state)
                .register(meters);
    }

    private double value(ToDoubleFunction<QueueStats> count) {
        QueueStats stats = last;
        return stats == null ? Double.NaN : count.applyAsDouble(stats);
    }
}
