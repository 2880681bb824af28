package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedriveTest {
    private static final Definition PARALLEL = steps("""
            {"id": "a", "type": "ACTION", "action": "CRM_INSERT", "config": {"field_mapping": {"x": 1}}},
            {"id": "b", "type": "ACTION", "action": "CRM_INSERT", "config": {"field_mapping": {"x": 1}}},
            {"id": "c", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["a"],
             "config": {"field_mapping": {"x": "{{ steps.a.output.id }}"}}}
            """);

    @Test
    void what_completed_stays_what_failed_or_was_skipped_runs_and_what_was_under_way_is_in_doubt() {
        Execution failed = failed();

        Execution anew = redriven(failed, PARALLEL);

        assertThat(state(anew, "a").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(state(anew, "b").status()).isEqualTo(StepStatus.QUEUED);
        assertThat(state(anew, "b").inDoubt()).isTrue();
        assertThat(state(anew, "c").status()).isEqualTo(StepStatus.QUEUED);
        assertThat(state(anew, "c").inDoubt()).isFalse();
        assertThat(state(anew, "c").attempts()).isEmpty();
        assertThat(anew.effectKey(new StepId("c"))).isEqualTo(failed.id() + ":c");
    }

    @Test
    void a_chain_of_redrives_keeps_the_effect_key_of_the_first() {
        Execution failed = failed();
        Execution second = redriven(failed, PARALLEL);
        Execution third = redriven(second, PARALLEL);

        assertThat(third.redrive()).isEqualTo(new Redrive(second.id(), failed.id()));
        assertThat(third.effectKey(new StepId("c"))).isEqualTo(failed.id() + ":c");
        assertThat(third.id()).isNotEqualTo(second.id());
    }

    @Test
    void a_step_that_is_another_action_in_the_newest_version_runs_though_its_namesake_completed() {
        Definition newer = steps("""
                {"id": "a", "type": "ACTION", "action": "HTTP_REQUEST", "config": {"url": "https://example.com"}},
                {"id": "d", "type": "ACTION", "action": "CRM_INSERT", "config": {"field_mapping": {"x": 1}}}
                """);

        Execution anew = redriven(failed(), newer);

        assertThat(anew.steps().values())
                .extracting(StepState::status)
                .containsExactly(StepStatus.QUEUED, StepStatus.QUEUED);
    }

    @Test
    void without_the_step_that_failed_there_is_nothing_left_to_do() {
        Definition newer = steps("""
                {"id": "a", "type": "ACTION", "action": "CRM_INSERT", "config": {"field_mapping": {"x": 1}}}
                """);

        assertThat(redriven(failed(), newer).status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    /** a completed, b under way, c failed. */
    private static Execution failed() {
        Execution pending = Runs.pending(PARALLEL, Map.of());
        Execution execution = Advance.start(pending, PARALLEL, Runs.NOW).next();
        execution = Advance.advance(execution, PARALLEL, Runs.completed(execution, "a", 1, 1), Runs.NOW)
                .next();
        return Advance.advance(execution, PARALLEL, Runs.failed(execution, "c", 1, 1), Runs.NOW)
                .next();
    }

    private static Execution redriven(Execution failed, Definition definition) {
        Execution anew =
                Redrive.anew(failed, new WorkflowVersion(Runs.ORG, Runs.WORKFLOW, 2, definition), Runs.NOW, null);
        return Advance.start(anew, definition, Runs.NOW).next();
    }

    private static StepState state(Execution execution, String step) {
        return execution.step(new StepId(step));
    }

    private static Definition steps(String steps) {
        return Seed.parse(
                "{\"name\": \"n\", \"trigger\": {\"type\": \"WEBHOOK\", \"config\": {\"path\": \"x\"}}, \"steps\": ["
                        + steps + "]}");
    }
}
