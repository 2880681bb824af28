package dev.automationengine.polling.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.polling.poll.PollState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final Duration FIRST = Duration.ofHours(24);
    private static final PollingProperties PROPERTIES = new PollingProperties(
            Duration.ofMinutes(5),
            OVERLAP,
            FIRST,
            50,
            8,
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofDays(7));

    @Test
    void the_first_sweep_looks_back_a_day_and_the_next_one_overlaps() {
        assertThat(next(state(null, null, 0))).isEqualTo(new Window(NOW.minus(FIRST), NOW, true));
        Instant swept = NOW.minus(Duration.ofMinutes(5));
        assertThat(next(state(swept, null, 0))).isEqualTo(new Window(swept.minus(OVERLAP), NOW, true));
    }

    @Test
    void halving_and_doubling_gets_through_every_moment_of_a_flood() {
        PollState state = state(null, null, 0);
        Instant covered = NOW.minus(FIRST);
        int sweeps = 0;
        boolean done = false;
        while (!done) {
            assertThat(++sweeps).as("sweeps").isLessThan(200);
            Window window = next(state);
            boolean tooMuch = Duration.between(window.from(), window.to()).compareTo(Duration.ofHours(1)) > 0;
            assertThat(window.from()).as("no gap").isBeforeOrEqualTo(covered);
            if (!tooMuch) {
                covered = window.to();
            }
            Outcome outcome = tooMuch ? new Outcome.Partial(5000) : new Outcome.Complete(4000);
            PollState.Result result = new Results(PROPERTIES).of(state, window, outcome, NOW, 0);
            state = state(result.sweptUntil(), result.span(), result.failures());
            done = !tooMuch && window.untilNow();
        }
        assertThat(state.sweptUntil()).isEqualTo(NOW);
        assertThat(state.span()).isNull();
    }

    @Test
    void the_filter_names_whole_seconds_and_an_end_only_if_that_is_not_now() {
        Window untilNow = new Window(Instant.ofEpochMilli(1_999), NOW, true);
        assertThat(FormLeads.filtering(untilNow))
                .isEqualTo("[{\"field\":\"time_created\",\"operator\":\"GREATER_THAN\",\"value\":1}]");
        Window part = new Window(Instant.ofEpochMilli(1_999), Instant.ofEpochMilli(9_500), false);
        assertThat(FormLeads.filtering(part))
                .endsWith(",{\"field\":\"time_created\",\"operator\":\"LESS_THAN\",\"value\":10}]");
    }

    @Test
    void pauses_double_up_to_an_hour_and_nothing_moves_after_a_failure() {
        Results results = new Results(PROPERTIES);
        Outcome failed = new Outcome.Failed(Outcome.Reason.OUTAGE, "http_502", 3);
        Instant swept = NOW.minusSeconds(300);
        long[] minutes = {1, 2, 4, 8, 16, 32, 60, 60};
        for (int failures = 0; failures < minutes.length; failures++) {
            PollState state = state(swept, null, failures);
            PollState.Result result = results.of(state, next(state), failed, NOW, 0.5);
            assertThat(result)
                    .isEqualTo(new PollState.Result(
                            NOW.plusSeconds(60 * minutes[failures]), swept, null, 3, "http_502", failures + 1));
        }
        assertThat(results.of(state(swept, null, 1_000), next(state(swept, null, 0)), failed, NOW, 0)
                        .nextAt())
                .isEqualTo(NOW.plus(Duration.ofMinutes(54)));
    }

    @Test
    void a_moment_with_more_leads_than_a_sweep_takes_is_an_error_and_not_passed_over() {
        Instant swept = NOW.minusSeconds(300);
        PollState state = state(swept, Duration.ofSeconds(2), 0);
        PollState.Result result = new Results(PROPERTIES).of(state, next(state), new Outcome.Partial(5000), NOW, 0.5);
        assertThat(result.error()).isEqualTo(Results.TOO_MANY_LEADS);
        assertThat(result.sweptUntil()).isEqualTo(swept);
    }

    private static Window next(PollState state) {
        return Window.next(state, NOW, OVERLAP, FIRST);
    }

    private static PollState state(@Nullable Instant sweptUntil, @Nullable Duration span, int failures) {
        return new PollState(OrgId.random(), "1", NOW, null, null, sweptUntil, span, null, 0, null, failures, null, 0);
    }
}
