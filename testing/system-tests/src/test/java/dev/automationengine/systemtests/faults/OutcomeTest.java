package dev.automationengine.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.load.LeadSeries;
import dev.automationengine.systemtests.fleet.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The suite would see what it looks for. */
class OutcomeTest {
    private static final Instant END = Instant.parse("2026-11-23T09:00:00Z");
    private static final Map<String, Instant> ACCEPTED = Map.of("1", END.minusSeconds(5));
    private static final Ledger DONE = ledger(1, 1);

    @Test
    void a_lead_with_its_effects_is_completed_and_the_last_end_is_the_recovery() {
        Outcome outcome = outcome(List.of(run("completed", null, 1)), Set.of(), DONE);
        assertThat(outcome.completed()).isEqualTo(1);
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.recovery()).isEqualTo(Duration.ofSeconds(7));
        assertThat(outcome.remarks()).isEmpty();
    }

    @Test
    void without_execution_or_without_effect_it_is_lost() {
        assertThat(outcome(List.of(), Set.of(), DONE).lost()).isEqualTo(1);
        assertThat(outcome(List.of(run("completed", null, 1)), Set.of(), ledger(1, 0))
                        .lost())
                .isEqualTo(1);
        assertThat(outcome(List.of(run("failed", null, 1)), Set.of("e"), ledger(1, 0))
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void held_is_only_what_has_its_dead_letter_and_is_not_repeatable() {
        assertThat(outcome(List.of(run("failed", "message", 2)), Set.of("e"), DONE)
                        .held())
                .isEqualTo(1);
        assertThat(outcome(List.of(run("failed", "message", 2)), Set.of(), DONE).lost())
                .isEqualTo(1);
        assertThat(outcome(List.of(run("failed", "contact", 2)), Set.of("e"), DONE)
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void a_second_effect_or_execution_is_a_repeat_unless_the_attempts_tell_of_it() {
        assertThat(outcome(List.of(run("completed", null, 1)), Set.of(), ledger(2, 1))
                        .repeated())
                .isEqualTo(1);
        assertThat(outcome(List.of(run("completed", null, 1)), Set.of(), ledger(1, 2))
                        .repeated())
                .isEqualTo(1);
        assertThat(outcome(List.of(run("completed", null, 2)), Set.of(), ledger(1, 2))
                        .repeated())
                .isZero();
        assertThat(outcome(List.of(run("completed", null, 1), run("completed", null, 1)), Set.of(), DONE)
                        .repeated())
                .isEqualTo(1);
    }

    @Test
    void documents_have_to_be_right_and_unchanged() {
        Ledger right = documents(0, "{\"lead\":\"1\",\"after\":200}");
        Outcome good = Outcome.of("f", ACCEPTED, Set.of("1"), List.of(run("completed", null, 0)), Set.of(), right, END);
        assertThat(good.completed()).isEqualTo(1);
        assertThat(good.repeated()).isZero();

        Ledger wrong = documents(1, "{\"lead\":\"2\",\"after\":200}");
        Outcome bad = Outcome.of("f", ACCEPTED, Set.of("1"), List.of(run("completed", null, 0)), Set.of(), wrong, END);
        assertThat(bad.lost()).isEqualTo(1);
        assertThat(bad.repeated()).isEqualTo(1);
    }

    private static Outcome outcome(List<Run> runs, Set<String> deadLetters, Ledger ledger) {
        return Outcome.of("f", ACCEPTED, Set.of(), runs, deadLetters, ledger, END);
    }

    private static Run run(String status, @Nullable String held, int attempts) {
        return new Run("e", "1", status, END.plusSeconds(7), held, attempts, "");
    }

    private static Ledger ledger(long contacts, long messages) {
        return new Ledger(Map.of(LeadSeries.email("1"), contacts), Map.of("1", messages), Map.of());
    }

    private static Ledger documents(int changes, String second) {
        return new Ledger(
                Map.of(),
                Map.of(),
                Map.of("/echo/first/1", put(0, "{\"lead\":\"1\"}"), "/echo/second/1", put(changes, second)));
    }

    private static JsonNode put(int changes, String body) {
        return Json.MAPPER.valueToTree(Map.of("body", body, "changes", changes));
    }
}
