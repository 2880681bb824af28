package dev.automationengine.jobqueue;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of a worker.
 *
 * @param id its id
 * @param org whose it is
 * @param fence proof of holding it: grows with each claim, never shrinks
 * @param attempt number of this attempt, 1 for the first
 * @param rescued whether an earlier holder of this very attempt fell silent: it may have acted, or not. It stays true
 *     until the attempt ends
 * @param rescues how often a holder of this job fell silent since it was queued, over all its attempts
 * @param limitKey the rate limit it falls under within its organization; null: none
 * @param payload what was queued with it
 * @param leaseUntil end of the lease that the claim gave, by the clock of Redis; renewals are not shown here
 */
public record ClaimedJob(
        JobId id,
        OrgId org,
        long fence,
        int attempt,
        boolean rescued,
        int rescues,
        @Nullable String limitKey,
        String payload,
        Instant leaseUntil) {}
