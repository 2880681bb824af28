package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitHintsTest {
    /** 1,792,567,680 seconds after 1970. */
    private static final Instant NOW = Instant.parse("2026-10-21T07:28:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after | 7 | PT7S",
                "retry-after | Wed, 21 Oct 2026 07:30:00 GMT | PT2M",
                "ratelimit | \"burst\";r=0;t=30, \"day\";r=900;t=3600 | PT30S",
                "ratelimit | \"burst\";t=30;r=0 | PT30S",
                "x-ratelimit-reset | 12 | PT12S",
                "x-ratelimit-reset | 1.5 | PT1S",
                "x-ratelimit-reset | 1792567700 | PT20S",
                "x-ratelimit-reset | 1792567700000 | PT20S",
                "x-rate-limit-reset | 1792567000 | PT0S",
                "ratelimit-reset | 999999999 | PT24H",
                "x-business-use-case-usage | {\"1\":[{\"type\":\"a\",\"estimated_time_to_regain_access\":3},"
                        + "{\"estimated_time_to_regain_access\":19}]} | PT19M"
            })
    void a_throttled_answer_tells_how_long_to_wait(String header, String value, Duration expected) {
        assertThat(WaitHints.read(Map.of(header, value), true, NOW)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after | soon",
                "ratelimit | \"burst\";r=5;t=30",
                "x-business-use-case-usage | {\"1\":[{\"estimated_time_to_regain_access\":0}]}",
                "x-business-use-case-usage | no json",
                "x-ratelimit-reset | -1"
            })
    void what_tells_nothing_is_passed_over(String header, String value) {
        assertThat(WaitHints.read(Map.of(header, value), true, NOW)).isEmpty();
    }

    @Test
    void quotas_count_only_where_the_answer_says_that_we_are_throttled() {
        assertThat(WaitHints.read(Map.of("x-ratelimit-reset", "12"), false, NOW))
                .isEmpty();
        assertThat(WaitHints.read(Map.of("retry-after", "12"), false, NOW)).contains(Duration.ofSeconds(12));
    }

    @Test
    void retry_after_wins() {
        assertThat(WaitHints.read(Map.of("x-ratelimit-reset", "12", "retry-after", "3"), true, NOW))
                .contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0",
                "t=",
                "r=0;t=",
                "r=0;t=99999999999999999999",
                "999999999999999",
                "[[1]]",
                "{\"a\":1}",
                "1e9"
            })
    void no_header_breaks_it_or_makes_us_wait_longer_than_a_day(String value) {
        for (String header :
                new String[] {"retry-after", "ratelimit", "x-ratelimit-reset", "x-business-use-case-usage"}) {
            WaitHints.read(Map.of(header, value), true, NOW)
                    .ifPresent(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofHours(24)));
        }
    }
}
