package dev.automationengine.kit.background;

import java.time.Duration;

/** Work that is never done: each round says when the next one is due. */
public interface BackgroundService {
    /** A short name, for logs and as a metric label. */
    String name();

    /**
     * One round.
     *
     * @return how long to rest; zero or less: go on at once
     * @throws RuntimeException if something it needs is away; it is called again a little later
     */
    Duration round();
}
