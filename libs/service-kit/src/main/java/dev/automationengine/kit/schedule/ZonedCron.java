package dev.automationengine.kit.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A cron expression in a time zone, right when clocks change. A time that names its hour and does not exist on that day
 * comes once, when the clocks have been put forward; one that exists twice comes once, the first time. Where every hour
 * is meant ({@code *}), time that passes counts: nothing is left out and nothing pauses while an hour is repeated.
 */
public final class ZonedCron {
    private static final int WITHOUT_SECONDS = 5;
    private static final int WITH_SECONDS = 6;
    private static final int HOUR = 2;
    private static final Duration FIRST_WINDOW = Duration.ofMinutes(1);

    private final String text;
    private final CronExpression expression;
    private final boolean everyHour;
    private final ZoneId zone;
    private final ZoneRules rules;

    private ZonedCron(String text, CronExpression expression, boolean everyHour, ZoneId zone) {
        this.text = text;
        this.expression = expression;
        this.everyHour = everyHour;
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /**
     * Reads an expression.
     *
     * @param text 5 fields from minutes on, or 6 from seconds on
     * @param zone where its hours are
     * @throws IllegalArgumentException if it has another form
     */
    public static ZonedCron parse(String text, ZoneId zone) {
        List<String> fields = List.of(text.strip().split("\\s+"));
        if (fields.size() == WITHOUT_SECONDS) {
            fields = new ArrayList<>(fields);
            fields.addFirst("0");
        }
        if (fields.size() != WITH_SECONDS) {
            throw new IllegalArgumentException("a cron expression has 5 or 6 fields");
        }
        CronExpression expression = CronExpression.parse(String.join(" ", fields));
        return new ZonedCron(text.strip(), expression, fields.get(HOUR).equals("*"), zone);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Where its hours are. */
    public ZoneId zone() {
        return zone;
    }

    /** The first time after a moment; empty if there is none. */
    public Optional<Instant> next(Instant after) {
        return Optional.ofNullable(everyHour ? nextOfElapsed(after) : nextOfClock(after));
    }

    /** The first times after a moment, at most {@code most}. */
    public List<Instant> next(Instant after, int most) {
        List<Instant> times = new ArrayList<>();
        Instant last = after;
        while (times.size() < most && next(last).orElse(null) instanceof Instant next) {
            times.add(next);
            last = next;
        }
        return times;
    }

    /**
     * The latest times in a span, oldest first. The work is bounded by {@code most}, however long the span is.
     *
     * @param after start of the span, not in it
     * @param until end of the span, in it
     * @param most how many at most
     */
    public List<Instant> latest(Instant after, Instant until, int most) {
        Duration window = FIRST_WINDOW;
        while (true) {
            Instant from = until.minus(window);
            boolean whole = !from.isAfter(after);
            List<Instant> times = within(whole ? after : from, until);
            if (whole || times.size() >= most) {
                return List.copyOf(times.subList(Math.max(0, times.size() - most), times.size()));
            }
            window = window.multipliedBy(2);
        }
    }

    private List<Instant> within(Instant after, Instant until) {
        List<Instant> times = new ArrayList<>();
        Instant next = next(after).orElse(null);
        while (next != null && !next.isAfter(until)) {
            times.add(next);
            next = next(next).orElse(null);
        }
        return times;
    }

    /** By what clocks on the wall show. */
    private @Nullable Instant nextOfClock(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        ZoneOffsetTransition shown = rules.getTransition(from);
        if (shown != null && shown.isOverlap() && !after.isBefore(shown.getInstant())) {
            // The hour that is repeated has been served: on from its end.
            from = shown.getDateTimeBefore().minusNanos(1);
        }
        while (true) {
            from = expression.next(from);
            if (from == null) {
                return null;
            }
            Instant found = instant(from);
            if (found.isAfter(after)) {
                return found;
            }
        }
    }

    private Instant instant(LocalDateTime shown) {
        ZoneOffsetTransition transition = rules.getTransition(shown);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        return shown.toInstant(rules.getOffset(shown));
    }

    /** By the time that passes: between two changes of the clocks the offset is the same. */
    private @Nullable Instant nextOfElapsed(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime next = expression.next(LocalDateTime.ofInstant(after, offset));
        ZoneOffsetTransition change = rules.nextTransition(after);
        if (change == null || next != null && next.toInstant(offset).isBefore(change.getInstant())) {
            return next == null ? null : next.toInstant(offset);
        }
        // A moment before the change, seen with the offset after it: the change itself may be a time.
        Instant before = change.getInstant().minusNanos(1);
        LocalDateTime first = expression.next(LocalDateTime.ofInstant(before, change.getOffsetAfter()));
        if (first == null) {
            return null;
        }
        Instant found = first.toInstant(change.getOffsetAfter());
        ZoneOffsetTransition following = rules.nextTransition(change.getInstant());
        return following == null || found.isBefore(following.getInstant())
                ? found
                : nextOfElapsed(following.getInstant().minusNanos(1));
    }

    @Override
    public String toString() {
        return text + " " + zone;
    }
}
