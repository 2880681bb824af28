package dev.automationengine.jobqueue;

import java.time.Instant;

/**
 * A job whose holder gives it up until later.
 *
 * @param job the job as it was claimed
 * @param dueAt when it may be claimed again; a past time makes it ready at once
 */
public record Later(ClaimedJob job, Instant dueAt) {}
