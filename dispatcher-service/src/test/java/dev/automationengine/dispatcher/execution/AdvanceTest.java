package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.StepId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdvanceTest {
    private static final Definition SEED = Seed.parse(Seed.JSON);
    private static final Map<String, Object> LEAD =
            Map.of("fields", Map.of("email", "joe@example.com", "full_name", "Joe", "phone_number", "+911"));

    @Test
    void a_lead_that_passes_the_filter_is_queued_with_its_data_filled_in() {
        Advanced started = Advance.start(Runs.pending(SEED, LEAD), SEED, Runs.NOW);

        assertThat(started.next().status()).isEqualTo(ExecutionStatus.IN_PROGRESS);
        assertThat(started.next().rev()).isEqualTo(1);
        assertThat(statuses(started.next()))
                .containsExactly(StepStatus.COMPLETED, StepStatus.QUEUED, StepStatus.PENDING);
        assertThat(started.decisions()).singleElement().isInstanceOfSatisfying(Decision.Enqueue.class, enqueue -> {
            assertThat(enqueue.job().value()).isEqualTo(started.next().id() + ":step_2:1");
            assertThat(enqueue.work().input())
                    .isEqualTo(Map.of(
                            "field_mapping", Map.of("email", "joe@example.com", "name", "Joe", "phone", "+911")));
        });
    }

    @Test
    void a_lead_without_email_is_filtered_and_nothing_is_queued() {
        Advanced started = Advance.start(Runs.pending(SEED, Map.of("fields", Map.of())), SEED, Runs.NOW);

        assertThat(started.next().status()).isEqualTo(ExecutionStatus.FILTERED);
        assertThat(started.next().finishedAt()).isEqualTo(Runs.NOW);
        assertThat(statuses(started.next()))
                .containsExactly(StepStatus.FILTERED, StepStatus.SKIPPED, StepStatus.SKIPPED);
        assertThat(started.decisions()).containsExactly(new Decision.Finish(ExecutionStatus.FILTERED));
    }

    @Test
    void the_last_step_completes_the_execution() {
        Execution execution = started(SEED, LEAD);
        execution = apply(execution, SEED, Runs.completed(execution, "step_2", 1, 1))
                .next();
        Advanced done = apply(execution, SEED, Runs.completed(execution, "step_3", 1, 1));

        assertThat(done.next().status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(done.decisions()).containsExactly(new Decision.Finish(ExecutionStatus.COMPLETED));
        assertThat(done.next().step(new StepId("step_2")).output()).isEqualTo(Map.of("id", "step_2"));
    }

    @Test
    void a_failed_attempt_waits_for_the_next() {
        Execution execution = started(SEED, LEAD);

        StepState step = apply(execution, SEED, Runs.attemptFailed(execution, "step_2", 1, 3))
                .next()
                .step(new StepId("step_2"));

        assertThat(step.status()).isEqualTo(StepStatus.RETRYING);
        assertThat(step.nextAttemptAt()).isEqualTo(Runs.NOW.plusSeconds(10));
        assertThat(step.fence()).isEqualTo(3);
        assertThat(step.attempts()).hasSize(1);
    }

    @Test
    void a_step_that_fails_for_good_fails_the_execution_and_leaves_a_dead_letter() {
        Execution execution = started(SEED, LEAD);

        Advanced failed = apply(execution, SEED, Runs.failed(execution, "step_2", 3, 5));

        assertThat(failed.next().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(statuses(failed.next()))
                .containsExactly(StepStatus.COMPLETED, StepStatus.FAILED, StepStatus.SKIPPED);
        assertThat(failed.decisions())
                .hasAtLeastOneElementOfType(Decision.DeadLetter.class)
                .contains(new Decision.Finish(ExecutionStatus.FAILED))
                .noneMatch(Decision.Enqueue.class::isInstance);
    }

    @Test
    void a_repeated_report_changes_nothing_but_its_decisions_come_again() {
        Execution execution = started(SEED, LEAD);
        StepEvent report = Runs.completed(execution, "step_2", 1, 1);
        Advanced first = apply(execution, SEED, report);

        Advanced second = apply(first.next(), SEED, report);

        assertThat(second.changed()).isFalse();
        assertThat(second.next()).isSameAs(first.next());
        assertThat(second.decisions()).isEqualTo(first.decisions());
    }

    @Test
    void a_repeated_start_queues_again_only_what_no_worker_has_reported_on() {
        Execution execution = started(SEED, LEAD);

        assertThat(Advance.start(execution, SEED, Runs.NOW).decisions())
                .singleElement()
                .isInstanceOf(Decision.Enqueue.class);

        Execution retrying = apply(execution, SEED, Runs.attemptFailed(execution, "step_2", 1, 1))
                .next();
        assertThat(Advance.start(retrying, SEED, Runs.NOW).decisions()).isEmpty();
    }

    @Test
    void the_holder_that_lost_the_attempt_is_not_believed() {
        Execution execution = started(SEED, LEAD);
        Execution rescued = apply(execution, SEED, Runs.attemptFailed(execution, "step_2", 1, 7))
                .next();

        Advanced late = apply(rescued, SEED, Runs.failed(execution, "step_2", 1, 5));

        assertThat(late.changed()).isFalse();
        assertThat(late.next().status()).isEqualTo(ExecutionStatus.IN_PROGRESS);
    }

    @Test
    void the_holder_that_took_the_attempt_over_is_believed() {
        Execution execution = started(SEED, LEAD);
        Execution reported = apply(execution, SEED, Runs.attemptFailed(execution, "step_2", 1, 5))
                .next();

        Execution done =
                apply(reported, SEED, Runs.completed(execution, "step_2", 1, 7)).next();

        assertThat(done.step(new StepId("step_2")).status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(done.step(new StepId("step_2")).attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.error()).isNull());
    }

    @Test
    void a_report_on_another_epoch_or_organization_or_a_step_that_never_ran_changes_nothing() {
        Execution execution = started(SEED, LEAD);

        assertThat(apply(execution, SEED, Runs.completed(execution, "step_3", 1, 1))
                        .changed())
                .isFalse();
        assertThat(apply(execution, SEED, Runs.completed(execution, "step_9", 1, 1))
                        .changed())
                .isFalse();
        assertThat(apply(execution, SEED, new StepEvent.Unknown("x")).changed()).isFalse();
    }

    @Test
    void a_step_that_is_under_way_when_another_fails_may_still_report_but_starts_nothing() {
        Definition definition = definition("{'id':'a',CRM},{'id':'b',CRM},{'id':'c',CRM,'depends_on':['b']}");
        Execution execution = started(definition, LEAD);
        Execution failed =
                apply(execution, definition, Runs.failed(execution, "a", 1, 1)).next();

        Advanced late = apply(failed, definition, Runs.completed(execution, "b", 1, 1));

        assertThat(late.next().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(late.next().finishedAt()).isEqualTo(failed.finishedAt());
        assertThat(statuses(late.next())).containsExactly(StepStatus.FAILED, StepStatus.COMPLETED, StepStatus.SKIPPED);
        assertThat(late.decisions()).isEmpty();
    }

    @Test
    void a_branch_that_arrives_completes_the_execution_though_another_was_filtered() {
        Definition definition = definition("{'id':'a',CRM},"
                + "{'id':'f','type':'FILTER','condition':{'field':'nothing','operator':'NOT_NULL'}},"
                + "{'id':'b',CRM,'depends_on':['f']}");
        Execution execution = started(definition, LEAD);

        Execution done = apply(execution, definition, Runs.completed(execution, "a", 1, 1))
                .next();

        assertThat(done.status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void a_filter_behind_an_action_that_stops_all_that_is_left_makes_the_execution_filtered() {
        Definition definition = definition("{'id':'a',CRM},"
                + "{'id':'f','type':'FILTER','depends_on':['a'],"
                + "'condition':{'field':'steps.a.output.id','operator':'IS_NULL'}},"
                + "{'id':'b',CRM,'depends_on':['f']}");
        Execution execution = started(definition, LEAD);

        Execution done = apply(execution, definition, Runs.completed(execution, "a", 1, 1))
                .next();

        assertThat(done.status()).isEqualTo(ExecutionStatus.FILTERED);
    }

    @Test
    void what_grows_too_large_when_filled_in_fails_the_step_before_any_worker_sees_it() {
        Map<String, Object> huge =
                Map.of("fields", Map.of("email", "x".repeat(700_000), "full_name", "Joe", "phone_number", "1"));

        Advanced started = Advance.start(Runs.pending(SEED, huge), SEED, Runs.NOW);

        assertThat(started.next().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(started.decisions())
                .first()
                .isInstanceOfSatisfying(
                        Decision.DeadLetter.class,
                        letter -> assertThat(letter.error().code()).isEqualTo("input_too_large"));
    }

    @Test
    void an_output_that_cannot_be_kept_fails_the_step() {
        Execution execution = started(SEED, LEAD);
        StepEvent huge =
                new StepEvent.Completed(Runs.run(execution, "step_2", 1, 1), 200, Map.of("text", "x".repeat(700_000)));

        StepState step = apply(execution, SEED, huge).next().step(new StepId("step_2"));

        assertThat(step.status()).isEqualTo(StepStatus.FAILED);
        assertThat(step.failure())
                .isNotNull()
                .satisfies(e -> assertThat(e.code()).isEqualTo("output_too_large"));
    }

    @Test
    void only_the_latest_attempts_are_kept() {
        Execution execution = started(SEED, LEAD);
        Execution now = execution;
        for (int attempt = 1; attempt <= 250; attempt++) {
            now = apply(now, SEED, Runs.attemptFailed(execution, "step_2", attempt, attempt))
                    .next();
        }

        List<Integer> numbers = now.step(new StepId("step_2")).attempts().stream()
                .map(each -> each.number())
                .toList();
        assertThat(numbers).hasSize(StepState.MAX_ATTEMPTS).startsWith(51).endsWith(250);
        assertThat(now.step(new StepId("step_2")).attempts().stream()
                        .filter(each -> each.error() != null && each.error().answer() != null))
                .hasSize(StepState.MAX_ANSWERS);
    }

    private static Definition definition(String steps) {
        return Seed.parse(("{'name':'n','trigger':{'type':'WEBHOOK','config':{'path':'x'}},'steps':[" + steps + "]}")
                .replace("CRM", "'type':'ACTION','action':'CRM_INSERT','config':{'field_mapping':{'email':'x'}}")
                .replace('\'', '"'));
    }

    private static Execution started(Definition definition, Map<String, Object> payload) {
        return Advance.start(Runs.pending(definition, payload), definition, Runs.NOW)
                .next();
    }

    private static Advanced apply(Execution execution, Definition definition, StepEvent event) {
        return Advance.advance(execution, definition, event, Runs.NOW);
    }

    private static List<StepStatus> statuses(Execution execution) {
        return execution.steps().values().stream().map(StepState::status).toList();
    }
}
