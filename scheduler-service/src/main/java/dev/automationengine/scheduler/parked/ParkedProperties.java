package dev.automationengine.scheduler.parked;

import dev.automationengine.model.execution.ScheduledJob;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How parked jobs come into the queue.
 *
 * @param lookahead how long before it is due a job is given to Redis. Longer than {@code interval}, and short enough
 *     that the queue has forgotten the attempt before: a worker completes a job when it parks it, and the queue refuses
 *     what was completed a short while ago
 * @param interval how often to look for jobs that will soon be due
 * @param batch jobs that are moved by one round trip to each server
 */
@ConfigurationProperties("engine.scheduled-jobs")
record ParkedProperties(
        @DefaultValue("5m") Duration lookahead,
        @DefaultValue("30s") Duration interval,
        @DefaultValue("500") int batch) {
    /**
     * Checks that the times fit the queue's.
     *
     * @param doneRetention how long the queue refuses a job that was completed
     * @throws IllegalStateException if they do not, with the property to change
     */
    void requireFitting(Duration doneRetention) {
        Duration longest = ScheduledJob.HORIZON.minus(doneRetention);
        if (lookahead.compareTo(longest) >= 0) {
            throw new IllegalStateException(
                    "engine.scheduled-jobs.lookahead is " + lookahead + " and has to be less than "
                            + longest + ": " + ScheduledJob.HORIZON + " less engine.queue.done-retention ("
                            + doneRetention
                            + "). Or else the queue takes a job that is paged in for one that was just completed, and drops it.");
        }
        if (lookahead.compareTo(interval) <= 0) {
            throw new IllegalStateException("engine.scheduled-jobs.lookahead is " + lookahead
                    + " and has to be more than engine.scheduled-jobs.interval (" + interval
                    + "), or else jobs come late.");
        }
    }
}
