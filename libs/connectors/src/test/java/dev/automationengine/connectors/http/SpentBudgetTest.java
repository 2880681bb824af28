package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpentBudgetTest {
    /** 1,792,567,680 seconds after 1970. */
    private static final Instant NOW = Instant.parse("2026-10-21T07:28:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"burst\";r=0;t=30, \"day\";r=900;t=3600 | PT30S",
                "\"burst\";r=0;t=30, \"day\";r=0;t=3600 | PT1H",
                "\"burst\";r=0;t=999999 | PT24H"
            })
    void the_longest_of_the_spent_quotas_counts(String value, Duration expected) {
        assertThat(SpentBudget.read(Map.of("ratelimit", value), NOW)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"ratelimit-,12,PT12S", "x-ratelimit-,1792567700,PT20S", "x-rate-limit-,1792567700000,PT20S"})
    void nothing_remaining_means_to_wait_for_the_reset(String prefix, String reset, Duration expected) {
        assertThat(SpentBudget.read(Map.of(prefix + "remaining", "0", prefix + "reset", reset), NOW))
                .contains(expected);
        assertThat(SpentBudget.read(Map.of(prefix + "remaining", "1", prefix + "reset", reset), NOW))
                .isEmpty();
        assertThat(SpentBudget.read(Map.of(prefix + "reset", reset), NOW)).isEmpty();
        assertThat(SpentBudget.read(Map.of(prefix + "remaining", "0"), NOW)).isEmpty();
    }

    @Test
    void a_reset_that_is_past_is_no_wait() {
        assertThat(SpentBudget.read(Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1792567000"), NOW))
                .isEmpty();
    }

    @Test
    void the_window_of_hubspot_is_in_milliseconds_and_its_day_is_left_to_the_refusal() {
        Map<String, String> window =
                Map.of("x-hubspot-ratelimit-remaining", "0", "x-hubspot-ratelimit-interval-milliseconds", "10000");
        assertThat(SpentBudget.read(window, NOW)).contains(Duration.ofSeconds(10));
        Map<String, String> day = Map.of(
                "x-hubspot-ratelimit-remaining",
                "99",
                "x-hubspot-ratelimit-interval-milliseconds",
                "10000",
                "x-hubspot-ratelimit-daily-remaining",
                "0");
        assertThat(SpentBudget.read(day, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-app-usage | {\"call_count\":95,\"total_cputime\":25,\"total_time\":25} | PT1M",
                "x-app-usage | {\"call_count\":28,\"total_cputime\":25,\"total_time\":97} | PT1M",
                "x-ad-account-usage | {\"acc_id_util_pct\":96.7,\"reset_time_duration\":100} | PT1M40S",
                "x-business-use-case-usage | {\"1\":[{\"call_count\":10,\"estimated_time_to_regain_access\":90},"
                        + "{\"call_count\":100,\"estimated_time_to_regain_access\":19}]} | PT19M",
                "x-business-use-case-usage | {\"1\":[{\"call_count\":95,\"estimated_time_to_regain_access\":0}]} | PT1M"
            })
    void meta_tells_in_percent(String header, String value, Duration expected) {
        assertThat(SpentBudget.read(Map.of(header, value), NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0",
                "no json",
                "[[1]]",
                "{\"a\":1}",
                "{\"call_count\":94.9}",
                "{\"1\":[{\"call_count\":94}]}",
                "\"burst\";r=5;t=30",
                "\"burst\";r=0"
            })
    void what_tells_of_no_spent_budget_is_passed_over(String value) {
        for (String header : new String[] {
            "retry-after", "ratelimit", "x-app-usage", "x-ad-account-usage", "x-business-use-case-usage"
        }) {
            assertThat(SpentBudget.read(Map.of(header, value), NOW)).as(header).isEmpty();
        }
    }
}
