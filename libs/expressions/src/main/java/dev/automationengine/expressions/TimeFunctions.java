package dev.automationengine.expressions;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions on times. A time is ISO-8601 text, or milliseconds since 1970; text without an offset is in the zone. */
final class TimeFunctions {
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "seconds", ChronoUnit.SECONDS,
            "minutes", ChronoUnit.MINUTES,
            "hours", ChronoUnit.HOURS,
            "days", ChronoUnit.DAYS,
            "weeks", ChronoUnit.WEEKS,
            "months", ChronoUnit.MONTHS,
            "years", ChronoUnit.YEARS);

    private static final int PATTERN_WORK = 10;

    private TimeFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function("now", 0, 0, given -> Evaluation.current().now().toString()),
                new Function("millis", 0, 0, given -> Evaluation.current().now().toEpochMilli()),
                new Function("date", 1, 3, given -> date(given)),
                new Function("addDuration", 2, 3, given -> add(given)),
                new Function("formatDate", 2, 4, given -> format(given)),
                new Function("dateDiff", 3, 4, given -> difference(given)));
    }

    private static @Nullable Object date(List<@Nullable Object> given) {
        ZoneId zone = zone(given.get(1));
        if (given.get(0) == null) {
            return null;
        }
        if (!(given.get(2) instanceof String pattern)) {
            return time("$date", given.get(0), zone).toInstant().toString();
        }
        try {
            String text = String.valueOf(given.getFirst());
            return Times.parse(text, formatter(pattern, Locale.ENGLISH), zone).toString();
        } catch (DateTimeException e) {
            throw new FunctionException("$date was given a text that does not fit its pattern");
        }
    }

    private static @Nullable Object add(List<@Nullable Object> given) {
        if (given.get(0) == null || given.get(1) == null) {
            return null;
        }
        ZonedDateTime time = time("$addDuration", given.getFirst(), zone(given.get(2)));
        String amount = String.valueOf(given.get(1));
        try {
            // Days are days of the calendar: at the change of the clocks they have 23 or 25 hours.
            ZonedDateTime later =
                    amount.contains("T") ? time.plus(Duration.parse(amount)) : time.plus(Period.parse(amount));
            return later.toInstant().toString();
        } catch (DateTimeException | ArithmeticException e) {
            throw new FunctionException("$addDuration takes an ISO-8601 duration such as P1D, -P2M or PT36H");
        }
    }

    private static @Nullable Object format(List<@Nullable Object> given) {
        if (given.get(0) == null) {
            return null;
        }
        Locale locale = given.get(3) instanceof String tag ? Locale.forLanguageTag(tag) : Locale.ENGLISH;
        ZonedDateTime time = time("$formatDate", given.getFirst(), zone(given.get(2)));
        try {
            return formatter(String.valueOf(given.get(1)), locale).format(time);
        } catch (DateTimeException e) {
            throw new FunctionException("$formatDate cannot write a time by this pattern");
        }
    }

    private static @Nullable Object difference(List<@Nullable Object> given) {
        if (given.get(0) == null || given.get(1) == null) {
            return null;
        }
        ChronoUnit unit = UNITS.get(String.valueOf(given.get(2)));
        if (unit == null) {
            throw new FunctionException("$dateDiff counts seconds, minutes, hours, days, weeks, months or years");
        }
        ZoneId zone = zone(given.get(3));
        return unit.between(time("$dateDiff", given.get(0), zone), time("$dateDiff", given.get(1), zone));
    }

    private static ZonedDateTime time(String function, @Nullable Object value, ZoneId zone) {
        Instant instant =
                value instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : Times.of(value, zone);
        if (instant == null) {
            throw new FunctionException(function + " takes a time such as 2026-11-23T10:00:00+05:30 or milliseconds");
        }
        return instant.atZone(zone);
    }

    private static DateTimeFormatter formatter(String pattern, Locale locale) {
        Evaluation.current().work(PATTERN_WORK);
        if (pattern.length() > Limits.PICTURE) {
            throw new FunctionException("a pattern of a time has at most " + Limits.PICTURE + " characters");
        }
        try {
            return DateTimeFormatter.ofPattern(pattern, locale);
        } catch (IllegalArgumentException e) {
            throw new FunctionException("a pattern of a time is written such as yyyy-MM-dd HH:mm");
        }
    }

    private static ZoneId zone(@Nullable Object name) {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        return Times.zone(String.valueOf(name))
                .orElseThrow(() -> new FunctionException("a time zone is written such as Asia/Kolkata"));
    }
}
