package dev.automationengine.scheduler.schedule;

import dev.automationengine.kit.schedule.ZonedCron;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be fired of a schedule. Pure; the same schedule at the same moment is always the same.
 *
 * @param schedule the schedule
 * @param times what has to be fired, oldest first
 * @param madeUp how many of them were missed and are made up for
 * @param leftOut whether times were missed that are not made up for
 * @param next the next time; empty if there is none
 */
record Due(WorkflowSchedule schedule, List<Instant> times, int madeUp, boolean leftOut, Optional<Instant> next) {
    /** The most times of a schedule that are made up for. */
    static final int MOST = 100;

    /**
     * What has to be fired now.
     *
     * @param onTime a time that passed less than this ago was not missed
     */
    static Due of(WorkflowSchedule schedule, Instant now, Duration onTime) {
        ZonedCron cron = schedule.schedule().cron();
        Instant before = schedule.nextAt().minusNanos(1);
        Instant limit = now.minus(onTime);
        List<Instant> missed = schedule.nextAt().isAfter(limit)
                ? List.of()
                : switch (schedule.schedule().catchUp()) {
                    case NONE -> List.of();
                    case ONE -> cron.latest(before, limit, 1);
                    case ALL -> cron.latest(before, limit, MOST);
                };
        List<Instant> times = new ArrayList<>(missed);
        times.addAll(cron.latest(before.isAfter(limit) ? before : limit, now, MOST));
        boolean leftOut = !schedule.nextAt().isAfter(limit)
                && (missed.isEmpty() || missed.getFirst().isAfter(schedule.nextAt()));
        return new Due(schedule, List.copyOf(times), missed.size(), leftOut, cron.next(now));
    }
}
