package dev.automationengine.model.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that waits in MongoDB until shortly before it is due ({@link #parked}). A later one of the same id replaces an
 * earlier one; later is the one with the higher attempt.
 *
 * @param jobId the job
 * @param orgId the tenant
 * @param priority lower goes first
 * @param dueAt when it may start
 * @param attempt the number of the attempt that it waits for, 1 for the first
 * @param fence the highest fence that is known of the job
 * @param rescued whether an attempt may have begun of which nothing is known
 * @param limitKey the rate limit it falls under; null: none
 * @param reference what the job says beside its id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledJob(
        JobId jobId,
        OrgId orgId,
        int priority,
        Instant dueAt,
        int attempt,
        long fence,
        boolean rescued,
        @Nullable String limitKey,
        JobReference reference) {
    /** A job that is due later than this waits in MongoDB. */
    public static final Duration HORIZON = Duration.ofMinutes(15);

    /**
     * Whether a job waits in MongoDB: the dispatcher and the workers decide by the same rule. Pure.
     *
     * @param from when it was decided that the job waits: for a retry, when the attempt before it ended
     * @param dueAt when the job may start
     */
    public static boolean parked(Instant from, Instant dueAt) {
        return dueAt.isAfter(from.plus(HORIZON));
    }
}
