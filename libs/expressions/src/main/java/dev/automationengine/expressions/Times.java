package dev.automationengine.expressions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads times as they come in data. Nothing here throws but {@link #parse}. */
final class Times {
    private static final int MAX_LENGTH = 64;

    private Times() {}

    /**
     * The moment of ISO-8601 text: with offset as it is, without in the zone; a day alone is its first moment.
     *
     * @return null if it is not a time
     */
    static @Nullable Instant of(@Nullable Object value, ZoneId zone) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (!(value instanceof String text) || text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return parse(text.strip(), DateTimeFormatter.ISO_DATE_TIME, zone);
        } catch (DateTimeException e) {
            try {
                return LocalDate.parse(text.strip()).atStartOfDay(zone).toInstant();
            } catch (DateTimeException noDay) {
                return null;
            }
        }
    }

    static Instant parse(String text, DateTimeFormatter format, ZoneId zone) {
        if (text.length() > MAX_LENGTH) {
            throw new DateTimeException("too long");
        }
        TemporalAccessor read =
                format.parseBest(text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return switch (read) {
            case ZonedDateTime zoned -> zoned.toInstant();
            case OffsetDateTime offset -> offset.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            default -> LocalDate.from(read).atStartOfDay(zone).toInstant();
        };
    }

    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
