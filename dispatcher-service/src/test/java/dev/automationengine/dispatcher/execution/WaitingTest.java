package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Steps that wait, for the end of a delay or for the next attempt, in Redis or in MongoDB. */
class WaitingTest {
    private static final Duration LATE = Duration.ofHours(3);

    @Test
    void a_short_delay_is_a_job_that_is_due_later() {
        Definition definition = delay("PT30S");
        Advanced started = Advance.start(Runs.pending(definition, Map.of()), definition, Runs.NOW);

        assertThat(started.decisions()).singleElement().isInstanceOfSatisfying(Decision.Enqueue.class, enqueue -> {
            assertThat(enqueue.work().action()).isEqualTo("DELAY");
            assertThat(enqueue.dueAt()).isEqualTo(Runs.NOW.plusSeconds(30));
        });
        assertThat(state(started.next(), "wait").nextAttemptAt()).isEqualTo(Runs.NOW.plusSeconds(30));
    }

    @Test
    void a_long_delay_is_parked_and_a_repeated_event_parks_it_again() {
        Definition definition = delay("P2D");
        Advanced started = Advance.start(Runs.pending(definition, Map.of()), definition, Runs.NOW);
        Instant due = Runs.NOW.plus(Duration.ofDays(2));

        assertThat(started.decisions()).singleElement().isInstanceOfSatisfying(Decision.Park.class, park -> {
            assertThat(park.dueAt()).isEqualTo(due);
            assertThat(park.attempt()).isEqualTo(1);
        });
        assertThat(Advance.start(started.next(), definition, due).decisions()).isEqualTo(started.decisions());
    }

    @Test
    void the_end_of_a_delay_starts_what_depends_on_it() {
        Definition definition = delay("PT30S");
        Execution waiting = started(definition);

        Advanced on = Advance.advance(waiting, definition, Runs.completed(waiting, "wait", 1, 1), Runs.NOW);

        assertThat(state(on.next(), "wait").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(on.decisions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Enqueue.class,
                        enqueue -> assertThat(enqueue.job().step().value()).isEqualTo("b"));
    }

    @Test
    void an_attempt_that_is_due_late_is_parked_and_the_repeated_report_parks_it_again() {
        Definition definition = delay("PT30S");
        Execution execution = after(definition, Runs.completed(started(definition), "wait", 1, 1));
        StepEvent report = attemptFailed(execution, LATE);

        Advanced parked = Advance.advance(execution, definition, report, Runs.NOW);

        assertThat(parked.decisions()).singleElement().isInstanceOfSatisfying(Decision.Park.class, park -> {
            assertThat(park.job()).isEqualTo(new JobId(execution.id(), new StepId("b"), 1));
            assertThat(park.attempt()).isEqualTo(2);
            assertThat(park.dueAt()).isEqualTo(Runs.NOW.plus(LATE));
        });
        assertThat(Advance.advance(parked.next(), definition, report, Runs.NOW).decisions())
                .isEqualTo(parked.decisions());
    }

    @Test
    void an_attempt_that_is_due_soon_is_the_worker_s_own_affair() {
        Definition definition = delay("PT30S");
        Execution execution = after(definition, Runs.completed(started(definition), "wait", 1, 1));

        assertThat(Advance.advance(execution, definition, attemptFailed(execution, Duration.ofMinutes(2)), Runs.NOW)
                        .decisions())
                .isEmpty();
    }

    @Test
    void an_effect_is_known_by_the_first_execution_and_its_step_and_held_in_doubt_unless_the_author_says_repeat() {
        Definition definition = delay("PT30S");
        Execution execution = after(definition, Runs.completed(started(definition), "wait", 1, 1));

        StepWork work = Objects.requireNonNull(state(execution, "b").work());

        assertThat(work.effectKey()).isEqualTo(execution.id() + ":b");
        assertThat(work.onUnknown()).isEqualTo(OnUnknown.REPEAT);
    }

    private static StepEvent attemptFailed(Execution execution, Duration later) {
        return new StepEvent.AttemptFailed(Runs.run(execution, "b", 1, 1), Runs.error(), Runs.NOW.plus(later));
    }

    private static Execution started(Definition definition) {
        return Advance.start(Runs.pending(definition, Map.of()), definition, Runs.NOW)
                .next();
    }

    private static Execution after(Definition definition, StepEvent event) {
        return Advance.advance(started(definition), definition, event, Runs.NOW).next();
    }

    private static StepState state(Execution execution, String step) {
        return execution.step(new StepId(step));
    }

    private static Definition delay(String duration) {
        return Seed.parse("""
                {"name": "waits", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}}, "steps": [
                 {"id": "wait", "type": "DELAY", "duration": "%s"},
                 {"id": "b", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["wait"],
                  "config": {"field_mapping": {"a": 1}}, "on_unknown": "repeat"}]}
                """.formatted(duration));
    }
}
