package dev.automationengine.jobqueue;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;

/**
 * A job in the hands of a worker.
 *
 * @param id its id
 * @param org whose it is
 * @param fence proof of holding it: grows with each claim, never shrinks
 * @param attempt number of this attempt, 1 for the first
 * @param rescued whether an earlier holder of this very attempt fell silent: it may have acted, or not. It stays true
 *     until the attempt ends
 * @param payload what was queued with it
 * @param leaseUntil end of the lease that the claim gave, by the clock of Redis; renewals are not shown here
 */
public record ClaimedJob(
        JobId id, OrgId org, long fence, int attempt, boolean rescued, String payload, Instant leaseUntil) {}
