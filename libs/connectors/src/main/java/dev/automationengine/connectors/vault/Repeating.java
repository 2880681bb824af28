package dev.automationengine.connectors.vault;

import dev.automationengine.kit.background.BackgroundService;
import java.time.Duration;

/**
 * Work of the vault in the background.
 *
 * @param name what it is
 * @param pause between two runs
 * @param work a run
 */
record Repeating(String name, Duration pause, Runnable work) implements BackgroundService {
    @Override
    public Duration round() {
        work.run();
        return pause;
    }
}
