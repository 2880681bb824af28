package dev.automationengine.model.execution;

import java.time.Duration;
import java.time.Instant;

/** Which jobs wait in Redis and which in MongoDB. The dispatcher and the workers decide by the same rule. Pure. */
public final class Parking {
    /** A job that is due later than this waits in MongoDB. */
    public static final Duration HORIZON = Duration.ofMinutes(15);

    private Parking() {}

    /**
     * Whether a job waits in MongoDB.
     *
     * @param from when it was decided that the job waits: for a retry, when the attempt before it ended
     * @param dueAt when the job may start
     */
    public static boolean parked(Instant from, Instant dueAt) {
        return dueAt.isAfter(from.plus(HORIZON));
    }
}
