package dev.automationengine.scheduler.parked;

import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Counts the parked jobs now and then, whoever asks for the metrics. Without a value while MongoDB is away. */
@Component
public class ParkedMetrics implements BackgroundService {
    private static final Duration REST = Duration.ofSeconds(15);

    private final ParkedJobs parked;
    private volatile double last = Double.NaN;

    ParkedMetrics(ParkedJobs parked, MeterRegistry meters) {
        this.parked = parked;
        Gauge.builder("engine.scheduled.jobs.parked", () -> last)
                .description("Jobs that wait in MongoDB until shortly before they are due")
                .register(meters);
    }

    static Counter event(MeterRegistry meters, String event) {
        return Counter.builder("engine.scheduled.jobs")
                .description("Jobs that were parked in MongoDB, given to the queue, or not wanted any more")
                .tag("event", event)
                .register(meters);
    }

    @Override
    public String name() {
        return "parked-gauge";
    }

    @Override
    public Duration round() {
        try {
            last = parked.count();
        } catch (RuntimeException e) {
            last = Double.NaN;
            throw e;
        }
        return REST;
    }
}
