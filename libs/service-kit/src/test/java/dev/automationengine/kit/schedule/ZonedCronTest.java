package dev.automationengine.kit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks of Berlin: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00. New York: 03-08 and 11-01. */
class ZonedCronTest {
    private static List<String> between(String cron, String zone, String after, String until) {
        return ZonedCron.parse(cron, ZoneId.of(zone))
                .latest(Instant.parse(after), Instant.parse(until), 10_000)
                .stream()
                .map(Instant::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-27T12:00:00Z, 2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "America/New_York, 2026-03-06T12:00:00Z, 2026-03-07T07:30:00Z, 2026-03-08T07:00:00Z, 2026-03-09T06:30:00Z"
    })
    void a_time_that_does_not_exist_comes_once_when_the_clocks_have_changed(
            String zone, String after, String before, String changed, String next) {
        assertThat(between("30 2 * * *", zone, after, next)).containsExactly(before, changed, next);
        assertThat(between("*/10 2 * * *", zone, before.replace("30:00Z", "59:00Z"), changed))
                .as("all of the hour that is left out is one")
                .containsExactly(changed);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 30 2 * * *, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "America/New_York, 30 1 * * *, 2026-10-31T12:00:00Z, 2026-11-01T05:30:00Z, 2026-11-02T06:30:00Z"
    })
    void a_time_that_exists_twice_comes_once(String zone, String cron, String after, String first, String next) {
        assertThat(between(cron, zone, after, next)).containsExactly(first, next);
    }

    @Test
    void who_asks_within_the_repeated_hour_gets_the_next_day() {
        ZonedCron cron = ZonedCron.parse("30 2 * * *", ZoneId.of("Europe/Berlin"));
        assertThat(cron.next(Instant.parse("2026-10-25T01:10:00Z"))).contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void the_hour_that_is_served_first_is_not_served_again_a_moment_after_it() {
        ZonedCron cron = ZonedCron.parse("0 2,3 * * *", ZoneId.of("Europe/Berlin"));
        assertThat(cron.next(Instant.parse("2026-10-24T12:00:00Z"), 3))
                .containsExactly(
                        Instant.parse("2026-10-25T00:00:00Z"),
                        Instant.parse("2026-10-25T02:00:00Z"),
                        Instant.parse("2026-10-26T01:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29T00:00:00Z", "Europe/Berlin, 2026-10-25T00:00:00Z",
        "America/New_York, 2026-03-08T06:00:00Z", "America/New_York, 2026-11-01T05:00:00Z"
    })
    void every_hour_means_that_an_hour_passes(String zone, Instant start) {
        assertThat(ZonedCron.parse("0 * * * *", ZoneId.of(zone)).next(start.minusSeconds(1), 4))
                .containsExactly(start, start.plusSeconds(3_600), start.plusSeconds(7_200), start.plusSeconds(10_800));
        assertThat(ZonedCron.parse("* * * * * *", ZoneId.of(zone))
                        .latest(start, start.plus(Duration.ofHours(3)), 20_000))
                .hasSize(10_800)
                .doesNotHaveDuplicates();
    }

    @Test
    void six_fields_begin_with_seconds_and_five_with_minutes() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(ZonedCron.parse("*/20 * * * * *", ZoneId.of("UTC")).next(noon))
                .contains(noon.plusSeconds(20));
        assertThat(ZonedCron.parse("*/20 * * * *", ZoneId.of("UTC")).next(noon)).contains(noon.plusSeconds(1_200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "61 * * * *", "* * * * * * *", "@never", "every day"})
    void what_is_no_cron_expression_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ZonedCron.parse(text, ZoneId.of("UTC")));
    }

    @Test
    void a_day_that_never_comes_has_no_next_time() {
        assertThat(ZonedCron.parse("0 0 30 2 *", ZoneId.of("Europe/Berlin"))
                        .next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(ZonedCron.parse("0 * 30 2 *", ZoneId.of("Europe/Berlin"))
                        .next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void the_latest_times_of_years_are_found_without_counting_them_all() {
        ZonedCron each = ZonedCron.parse("* * * * * *", ZoneId.of("Europe/Berlin"));
        Instant until = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(each.latest(until.minus(Duration.ofDays(3_650)), until, 3))
                .containsExactly(until.minusSeconds(2), until.minusSeconds(1), until);
        assertThat(ZonedCron.parse("0 0 1 1 *", ZoneId.of("UTC")).latest(until.minus(Duration.ofDays(3_650)), until, 2))
                .containsExactly(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
    }
}
