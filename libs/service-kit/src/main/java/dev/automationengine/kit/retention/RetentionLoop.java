package dev.automationengine.kit.retention;

import dev.automationengine.kit.background.BackgroundService;
import java.time.Duration;

/** Sweeps from time to time. */
final class RetentionLoop implements BackgroundService {
    private final RetentionSweep sweep;
    private final RetentionProperties properties;

    RetentionLoop(RetentionSweep sweep, RetentionProperties properties) {
        this.sweep = sweep;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration round() {
        sweep.sweep();
        return properties.interval();
    }
}
