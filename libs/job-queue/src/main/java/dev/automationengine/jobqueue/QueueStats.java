package dev.automationengine.jobqueue;

/**
 * Counts of the whole queue. The shards are counted one after the other, so a job that moves may be counted twice or
 * not at all.
 *
 * @param ready jobs that a worker could start, or that wait for a cap or a rate limit alone
 * @param delayed jobs that are not due yet
 * @param leased jobs in the hands of workers
 * @param waitingOrganizations organizations with ready jobs and room under their cap
 */
public record QueueStats(long ready, long delayed, long leased, long waitingOrganizations) {}
