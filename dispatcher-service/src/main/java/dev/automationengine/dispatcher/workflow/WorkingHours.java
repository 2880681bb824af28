package dev.automationengine.dispatcher.workflow;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * The hours of a week in which people work.
 *
 * @param zone the time zone in which they live; its daylight saving time is respected
 * @param days the days, at least one
 * @param from when a day's work begins
 * @param to when it ends; after {@code from}
 */
public record WorkingHours(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    /** Copies the days. */
    public WorkingHours {
        if (days.isEmpty() || !from.isBefore(to)) {
            throw new IllegalArgumentException("working hours need a day, and an end after their beginning");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
    }

    /** The moment itself if it lies within working hours, else when the next ones begin. */
    public Instant next(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        LocalDate day = local.toLocalDate();
        // A week later it is the same day again.
        for (int i = 0; i <= 7; i++, day = day.plusDays(1)) {
            // Of an hour that the clock leaves out, the first moment after it.
            Instant begin = day.atTime(from).atZone(zone).toInstant();
            Instant end = day.atTime(to).atZone(zone).toInstant();
            if (days.contains(day.getDayOfWeek()) && moment.isBefore(end)) {
                return moment.isBefore(begin) ? begin : moment;
            }
        }
        throw new IllegalStateException("a week without a working day");
    }
}
