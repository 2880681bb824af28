package dev.automationengine.jobqueue;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait for a worker.
 *
 * <p>A job is <em>ready</em>, <em>delayed</em> (until it is due) or <em>leased</em> (held by a worker until its lease
 * ends). A claim raises the job's fence; so does whatever takes the job away from its holder. Every change a holder
 * asks for names the fence it was given, and is refused if that is not the fence any more: a worker that was thought
 * dead cannot undo what its successor does.
 *
 * <p>Organizations take turns (start-time fair queueing), whatever the number of their jobs; within an organization
 * the lower priority number goes first, and then the older job. Jobs that are held back by a rate limit or a hold of
 * their limit key are passed by the others.
 *
 * <p>Delivery is at least once: a job whose holder falls silent is handed out again, and says so
 * ({@link ClaimedJob#rescued()}).
 *
 * <p>All methods may be called from any thread, block until Redis has answered, and throw {@link JobQueueException} if
 * it does not: what was asked for may then have happened or not. All may be repeated safely; a repeated
 * {@link #claim} gives other jobs, and the lost ones come back when their leases end.
 */
public interface JobQueue {
    /** A concurrency cap that limits nothing. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * Adds jobs. A job whose id is ready, delayed, leased or completed a short while ago is left out.
     *
     * @return how many were added
     */
    int enqueue(List<NewJob> jobs);

    /**
     * Takes ready jobs for a worker. With nothing to do it answers at once with an empty list: wait for
     * {@link #onWake} then, or for the next poll.
     *
     * @param workerId who will hold them
     * @param max most jobs to take; with 0 or less none
     * @param lease how long they are held unless renewed
     * @return the jobs, fewer than {@code max} if there are no more, or none near at hand
     */
    List<ClaimedJob> claim(String workerId, int max, Duration lease);

    /**
     * Extends leases, counted from now. Call it at a third of the lease, for all jobs held.
     *
     * @return the jobs that are not the caller's any more: it must stop working on them
     */
    Set<ClaimedJob> renew(Collection<ClaimedJob> held, Duration lease);

    /**
     * Ends jobs for good, whatever their outcome was. Report the outcome first.
     *
     * @return those that were not the caller's any more, or are completed already; nothing was changed for them
     */
    Set<JobId> complete(Collection<ClaimedJob> done);

    /**
     * Ends the attempts and lets the jobs wait for their next ones; their attempt numbers grow by one.
     *
     * @return those that were not the caller's any more; nothing was changed for them
     */
    Set<JobId> retry(Collection<Later> jobs);

    /**
     * Gives jobs back that cannot be worked on yet, to wait. No attempt is charged, and one that was rescued stays so:
     * for an open circuit breaker, a connection that has to be renewed, a vault that is away.
     *
     * @return those that were not the caller's any more; nothing was changed for them
     */
    Set<JobId> defer(Collection<Later> jobs);

    /**
     * Gives jobs back that the caller did not work on. They take their old places and no attempt is charged. Those
     * that are not the caller's any more are left alone.
     */
    void release(Collection<ClaimedJob> jobs);

    /**
     * Makes delayed jobs ready whose time has come, in the order in which they are due, lets limited jobs pass again
     * whose turn has come, and forgets what was completed long ago. Any number of replicas may call it.
     *
     * @param max most jobs per shard
     */
    Promotion promote(int max);

    /**
     * Makes jobs ready again whose leases have ended. Any number of replicas may call it.
     *
     * @param max most jobs per shard
     * @return how many
     */
    int rescue(int max);

    /**
     * Limits how many jobs of an organization may be leased at the same time. Jobs that are leased already stay so.
     *
     * @param cap 0 stops the organization, {@link #UNLIMITED} removes the limit
     */
    void setConcurrencyCap(OrgId org, int cap);

    /**
     * Limits how many jobs with a limit key may start in a time. A job over the limit stays ready until its turn comes;
     * no attempt is charged, and other jobs of the organization pass it. The same value may be set again at any time:
     * what was used up stays used up.
     *
     * @param key the limit key; each organization has its own
     * @param limit null removes it
     */
    void setRateLimit(OrgId org, String key, @Nullable RateLimit limit);

    /**
     * Lets no job with a limit key be claimed before a time, for instance because a third party answered with
     * Retry-After. Jobs that are leased already stay so. Of several holds the longest counts; it needs no lifting.
     *
     * @param until the end; a past time changes nothing
     */
    void hold(OrgId org, String key, Instant until);

    /**
     * Tells when jobs became ready, so that an idle worker need not wait for its next poll. A hint, not a promise:
     * poll as well.
     *
     * @param listener runs on a thread of the Redis client and must not block
     * @return closes the subscription
     */
    Subscription onWake(Runnable listener);

    /** Counts of the whole queue, by one round trip; costs grow with the number of shards, not of jobs. */
    QueueStats stats();

    /** What {@link #onWake} opened. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** Ends it; the listener is not called any more. */
        @Override
        void close();
    }
}
