package dev.automationengine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.load.LeadSeries;
import dev.automationengine.localstack.load.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T05:00:00Z");
    private static final Sent TWO = new Sent(Map.of("1", BEGIN, "2", BEGIN), Map.of("1", BEGIN, "2", BEGIN));

    @Test
    void each_lead_done_once_is_good() {
        Verdict verdict = Verdict.of(TWO, outcome(List.of(run("1", 20), run("2", 20)), Map.of("1", 1L, "2", 1L)));
        assertThat(verdict).isEqualTo(new Verdict(2, 0, 2, 0, 0, 0));
        assertThat(verdict.good()).isTrue();
    }

    @Test
    void an_accepted_lead_that_is_not_completed_is_lost() {
        Verdict verdict = Verdict.of(TWO, outcome(List.of(run("1", 20)), Map.of("1", 1L, "2", 1L)));
        assertThat(verdict.lost()).isOne();
        assertThat(verdict.completed()).isOne();
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void a_completed_lead_without_a_message_is_lost() {
        Verdict verdict = Verdict.of(TWO, outcome(List.of(run("1", 20), run("2", 20)), Map.of("1", 1L)));
        assertThat(verdict.lost()).isOne();
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void a_message_sent_twice_is_a_repeat_though_the_contact_is_there_once() {
        Verdict verdict = Verdict.of(TWO, outcome(List.of(run("1", 20), run("2", 20)), Map.of("1", 2L, "2", 1L)));
        assertThat(verdict.repeated()).isOne();
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void two_executions_of_a_lead_are_a_repeat() {
        Verdict verdict =
                Verdict.of(TWO, outcome(List.of(run("1", 20), run("1", 30), run("2", 20)), Map.of("1", 1L, "2", 1L)));
        assertThat(verdict.repeated()).isOne();
        assertThat(verdict.completed()).isEqualTo(2);
    }

    @Test
    void an_announcement_that_is_not_accepted_is_refused_and_not_lost() {
        Sent sent = new Sent(Map.of("1", BEGIN, "2", BEGIN), Map.of("1", BEGIN));
        Verdict verdict = Verdict.of(sent, outcome(List.of(run("1", 20)), Map.of("1", 1L)));
        assertThat(verdict.refused()).isOne();
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void what_ran_before_it_was_announced_is_early() {
        Verdict verdict = Verdict.of(TWO, outcome(List.of(run("1", -6), run("2", -1)), Map.of("1", 1L, "2", 1L)));
        assertThat(verdict.early()).isOne();
        assertThat(verdict.good()).isFalse();
    }

    private static Outcome outcome(List<LeadRun> runs, Map<String, Long> messages) {
        return new Outcome(runs, Map.of(LeadSeries.email("1"), 1L, LeadSeries.email("2"), 1L), messages);
    }

    private static LeadRun run(String lead, long recordedMillis) {
        Instant recorded = BEGIN.plusMillis(recordedMillis);
        return new LeadRun(lead, recorded, recorded.plusMillis(10), recorded.plusMillis(20), recorded.plusMillis(30));
    }
}
