package dev.automationengine.kit.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a SCHEDULE trigger.
 *
 * @param cron when
 * @param catchUp what becomes of times that were missed
 */
public record Schedule(ZonedCron cron, CatchUpPolicy catchUp) {
    private static final String CRON = "cron";
    private static final String TIME_ZONE = "time_zone";
    private static final String CATCH_UP = "catch_up";

    /**
     * Reads a configuration.
     *
     * @param config the trigger's configuration: {@code cron}, {@code time_zone} (UTC if absent), {@code catch_up}
     *     ({@code one} if absent)
     * @param findings gets what is wrong: a JSON pointer from the configuration's root, and the reason with the mend
     * @return empty if it cannot be used
     */
    public static Optional<Schedule> read(
            Map<String, ? extends @Nullable Object> config, BiConsumer<String, String> findings) {
        ZoneId zone = zone(config.get(TIME_ZONE), findings);
        CatchUpPolicy catchUp = catchUp(config.get(CATCH_UP), findings);
        try {
            if (config.get(CRON) instanceof String text) {
                ZonedCron cron = ZonedCron.parse(text, zone == null ? ZoneId.of("UTC") : zone);
                if (cron.next(Instant.EPOCH).isEmpty()) {
                    findings.accept("/cron", "names a time that never comes");
                    return Optional.empty();
                }
                return zone == null || catchUp == null ? Optional.empty() : Optional.of(new Schedule(cron, catchUp));
            }
        } catch (IllegalArgumentException e) {
            // Told below, as a cron that is no text is.
        }
        findings.accept(
                "/cron",
                "must be 5 fields (minute, hour, day of month, month, day of week), or 6 with seconds first, for"
                        + " instance 0 9 * * MON-FRI");
        return Optional.empty();
    }

    private static @Nullable ZoneId zone(@Nullable Object json, BiConsumer<String, String> findings) {
        if (json == null) {
            return ZoneId.of("UTC");
        }
        // A fixed offset is no time zone: it knows no summer.
        if (json instanceof String text && ZoneId.getAvailableZoneIds().contains(text)) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                // Told below.
            }
        }
        findings.accept("/time_zone", "must be a name of the IANA time zone database, for instance Europe/Berlin");
        return null;
    }

    private static @Nullable CatchUpPolicy catchUp(@Nullable Object json, BiConsumer<String, String> findings) {
        if (json == null) {
            return CatchUpPolicy.ONE;
        }
        Optional<CatchUpPolicy> policy = Arrays.stream(CatchUpPolicy.values())
                .filter(each -> json.equals(each.name().toLowerCase(Locale.ROOT)))
                .findFirst();
        if (policy.isEmpty()) {
            findings.accept("/catch_up", "must be one of none, one, all");
        }
        return policy.orElse(null);
    }
}
