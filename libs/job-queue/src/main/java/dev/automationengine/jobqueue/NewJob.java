package dev.automationengine.jobqueue;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job to be queued.
 *
 * @param id its id: queueing the same id again changes nothing
 * @param org whose it is
 * @param priority {@value #FIRST} (goes first) to {@value #LAST}; {@value #NORMAL} is usual
 * @param dueAt not to be started before; null or a past time: at once
 * @param attempt number of the attempt that comes next, 1 for the first
 * @param fenceFloor highest fence known of this job; the next claim's is higher. So the fence survives the loss of
 *     Redis
 * @param rescued whether an earlier holder may have started this very attempt, for instance because the job was lost
 *     with Redis
 * @param limitKey the rate limit it falls under, within its organization: 1 to {@value #LONGEST_LIMIT_KEY} characters,
 *     for instance the credential that its third party counts calls by. Null: none
 * @param payload opaque text for the worker: ids, never personal data
 */
public record NewJob(
        JobId id,
        OrgId org,
        int priority,
        @Nullable Instant dueAt,
        int attempt,
        long fenceFloor,
        boolean rescued,
        @Nullable String limitKey,
        String payload) {
    /** The priority that goes before all others. */
    public static final int FIRST = 0;

    /** The usual priority. */
    public static final int NORMAL = 5;

    /** The priority that goes after all others. */
    public static final int LAST = 9;

    /** Most characters of a limit key. */
    public static final int LONGEST_LIMIT_KEY = 200;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the priority is out of range, the attempt below 1, the fence negative, or the
     *     limit key empty or too long
     */
    public NewJob {
        if (priority < FIRST || priority > LAST) {
            throw new IllegalArgumentException("a priority is between " + FIRST + " and " + LAST);
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1");
        }
        if (fenceFloor < 0) {
            throw new IllegalArgumentException("a fence is not negative");
        }
        if (limitKey != null) {
            requireLimitKey(limitKey);
        }
    }

    static void requireLimitKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_LIMIT_KEY) {
            throw new IllegalArgumentException("a limit key has 1 to " + LONGEST_LIMIT_KEY + " characters");
        }
    }
}
