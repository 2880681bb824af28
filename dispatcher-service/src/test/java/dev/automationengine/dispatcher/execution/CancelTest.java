package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CancelTest {
    private static final Definition SEED = Seed.parse(Seed.JSON);
    private static final Map<String, Object> LEAD = Map.of("fields", Map.of("email", "joe@example.com"));
    private static final Cancellation BY_ME = new Cancellation("user_1", Runs.NOW, "a test lead");

    @Test
    void what_waits_is_given_up_and_what_has_not_begun_is_skipped() {
        Advanced cancelled = Advance.cancel(started(), SEED, BY_ME, Runs.NOW);

        assertThat(cancelled.next().status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(cancelled.next().cancellation()).isEqualTo(BY_ME);
        assertThat(cancelled.next().finishedAt()).isEqualTo(Runs.NOW);
        assertThat(cancelled.next().steps().values())
                .extracting(StepState::status)
                .containsExactly(StepStatus.COMPLETED, StepStatus.CANCELLED, StepStatus.SKIPPED);
        assertThat(cancelled.decisions()).containsExactly(new Decision.Finish(ExecutionStatus.CANCELLED));
    }

    @Test
    void a_report_that_comes_after_it_is_put_on_record_and_starts_nothing() {
        Execution cancelled = cancelled();

        Advanced late = Advance.advance(cancelled, SEED, Runs.completed(cancelled, "step_2", 1, 1), Runs.NOW);

        assertThat(late.next().status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(late.next().step(new StepId("step_2")).status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(late.next().step(new StepId("step_3")).status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(late.decisions()).isEmpty();
    }

    @Test
    void a_failure_that_comes_after_it_leaves_no_dead_letter() {
        Execution cancelled = cancelled();
        StepEvent failure = Runs.failed(cancelled, "step_2", 1, 1);

        Advanced late = Advance.advance(cancelled, SEED, failure, Runs.NOW);

        assertThat(late.next().step(new StepId("step_2")).status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(late.next().step(new StepId("step_2")).attempts()).hasSize(1);
        assertThat(late.decisions()).isEmpty();
    }

    @Test
    void what_has_ended_cannot_be_cancelled() {
        Execution cancelled = cancelled();

        Advanced again = Advance.cancel(cancelled, SEED, new Cancellation("user_2", Runs.NOW, null), Runs.NOW);

        assertThat(again.changed()).isFalse();
        assertThat(again.next()).isSameAs(cancelled);
    }

    private static Execution started() {
        return Advance.start(Runs.pending(SEED, LEAD), SEED, Runs.NOW).next();
    }

    private static Execution cancelled() {
        return Advance.cancel(started(), SEED, BY_ME, Runs.NOW).next();
    }
}
