package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers to steps that wait, in every order that may be. */
class WaitStepTest {
    private static final StepId ASK = new StepId("ask");

    private final Definition definition = Seed.parse("""
            {"name": "asks", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}}, "steps": [
             {"id": "send", "type": "ACTION", "action": "CRM_INSERT",
              "config": {"field_mapping": {"link": "{{ waits.ask.approve_url }}"}}},
             {"id": "ask", "type": "APPROVAL", "message": "Yes?", "timeout": "PT1H", "depends_on": ["send"]}]}
            """);
    private final Execution started = Advance.start(Runs.pending(definition, Map.of()), definition, Runs.NOW)
            .next();

    @Test
    void the_first_answer_holds_and_the_second_changes_nothing() {
        Execution waiting = waiting();

        Execution approved = Advance.advance(waiting, definition, answer("approved", 1), Runs.NOW)
                .next();
        Advanced again = Advance.advance(approved, definition, answer("rejected", 1), Runs.NOW);

        assertThat(approved.step(ASK).output())
                .containsEntry("decision", "approved")
                .containsEntry("by", "link");
        assertThat(again.changed()).isFalse();
    }

    @Test
    void an_answer_that_comes_before_the_wait_is_kept_for_it() {
        Advanced early = Advance.advance(started, definition, answer("approved", 1), Runs.NOW);
        Advanced later = Advance.advance(early.next(), definition, answer("rejected", 1), Runs.NOW);
        Execution done = Advance.advance(early.next(), definition, Runs.completed(started, "send", 1, 1), Runs.NOW)
                .next();

        assertThat(early.next().step(ASK).status()).isEqualTo(StepStatus.PENDING);
        assertThat(later.changed()).isFalse();
        assertThat(done.step(ASK).status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(done.step(ASK).output()).containsEntry("decision", "approved");
        assertThat(done.status().terminal()).isTrue();
    }

    @Test
    void an_answer_after_the_timeout_after_a_cancellation_or_of_another_epoch_changes_nothing() {
        Execution waiting = waiting();
        Execution late = Advance.advance(waiting, definition, Runs.completed(waiting, "ask", 1, 1), Runs.NOW)
                .next();
        Execution cancelled = Advance.cancel(waiting, definition, new Cancellation("user_1", Runs.NOW, null), Runs.NOW)
                .next();

        assertThat(late.step(ASK).status()).isEqualTo(StepStatus.FAILED);
        assertThat(Advance.advance(late, definition, answer("approved", 1), Runs.NOW)
                        .changed())
                .isFalse();
        assertThat(Advance.advance(cancelled, definition, answer("approved", 1), Runs.NOW)
                        .changed())
                .isFalse();
        assertThat(Advance.advance(waiting, definition, answer("approved", 2), Runs.NOW)
                        .changed())
                .isFalse();
    }

    @Test
    void only_a_step_that_waits_can_be_answered() {
        StepEvent toAction = new StepEvent.Resumed(
                new JobId(started.id(), new StepId("send"), 1), Runs.ORG, Runs.NOW, "link", null, Map.of(), null);

        assertThat(Advance.advance(started, definition, toAction, Runs.NOW).changed())
                .isFalse();
    }

    @Test
    void the_end_of_the_wait_is_a_job_that_is_parked_if_it_is_far_away() {
        Advanced advanced = Advance.advance(started, definition, Runs.completed(started, "send", 1, 1), Runs.NOW);

        assertThat(advanced.decisions()).singleElement().isInstanceOfSatisfying(Decision.Park.class, park -> {
            assertThat(park.work().action()).isEqualTo("WAIT");
            assertThat(park.dueAt()).isEqualTo(Runs.NOW.plusSeconds(3600));
        });
        assertThat(String.valueOf(started.step(new StepId("send")).work()))
                .contains("link:" + new JobId(started.id(), ASK, 1) + ":approved");
    }

    private Execution waiting() {
        return Advance.advance(started, definition, Runs.completed(started, "send", 1, 1), Runs.NOW)
                .next();
    }

    private StepEvent answer(String decision, int epoch) {
        return new StepEvent.Resumed(
                new JobId(started.id(), ASK, epoch),
                Runs.ORG,
                Runs.NOW,
                "link",
                null,
                Map.of("decision", decision),
                null);
    }
}
