package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A step that starts executions and does not want to wait for them for ever. */
class FanTimeoutTest {
    private static final StepId EACH = new StepId("each");
    private static final Definition TIMED = forEach("PT10M");
    private static final Definition FOR_DAYS = forEach("P3D");

    @Test
    void the_end_of_its_time_is_queued_once_however_often_an_item_ends() {
        Advanced started = started(TIMED, List.of("a", "b", "c"));
        Execution execution = started.next();
        Advanced next = Advance.advance(execution, TIMED, completed(execution, 0), Runs.NOW);

        assertThat(started.decisions())
                .filteredOn(Decision.Enqueue.class::isInstance)
                .singleElement()
                .satisfies(decision -> {
                    Decision.Enqueue enqueue = (Decision.Enqueue) decision;
                    assertThat(enqueue.work().action()).isEqualTo(StepWork.WAIT);
                    assertThat(enqueue.dueAt()).isEqualTo(Runs.NOW.plus(Duration.ofMinutes(10)));
                });
        assertThat(next.decisions())
                .anyMatch(Decision.StartChildren.class::isInstance)
                .noneMatch(Decision.Enqueue.class::isInstance);
    }

    @Test
    void a_repeated_event_queues_it_again_in_case_whoever_stored_it_died() {
        Execution execution = started(TIMED, List.of("a")).next();

        Advanced repeated = Advance.start(execution, TIMED, Runs.NOW);

        assertThat(repeated.changed()).isFalse();
        assertThat(repeated.decisions())
                .anyMatch(Decision.Enqueue.class::isInstance)
                .anyMatch(Decision.StartChildren.class::isInstance);
    }

    @Test
    void a_long_time_is_kept_where_it_costs_no_memory() {
        assertThat(started(FOR_DAYS, List.of("a")).decisions())
                .filteredOn(Decision.Park.class::isInstance)
                .hasSize(1);
    }

    @Test
    void when_it_is_over_the_step_fails_and_what_is_under_way_is_given_up() {
        Execution execution = started(TIMED, List.of("a", "b", "c")).next();
        Execution oneDone = Advance.advance(execution, TIMED, completed(execution, 0), Runs.NOW)
                .next();

        Advanced over = Advance.advance(oneDone, TIMED, timeUp(oneDone), Runs.NOW);

        assertThat(over.next().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(over.next().step(EACH).failure()).extracting("code").isEqualTo("timed_out");
        Decision.CancelChildren cancel = new Decision.CancelChildren(job(execution), new TreeSet<>(List.of(1, 2)));
        assertThat(over.decisions()).contains(cancel).noneMatch(Decision.StartChildren.class::isInstance);
        assertThat(Advance.advance(over.next(), TIMED, timeUp(oneDone), Runs.NOW)
                        .decisions())
                .as("again, because whoever stored it may have died before it was done")
                .contains(cancel);
        assertThat(Advance.advance(over.next(), TIMED, completed(execution, 1), Runs.NOW)
                        .changed())
                .as("an item that ended too late")
                .isFalse();
    }

    @Test
    void one_that_comes_after_the_last_item_changes_nothing() {
        Execution execution = started(TIMED, List.of("a")).next();
        Execution done = Advance.advance(execution, TIMED, completed(execution, 0), Runs.NOW)
                .next();

        Advanced late = Advance.advance(done, TIMED, timeUp(done), Runs.NOW);

        assertThat(done.step(EACH).status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(late.changed()).isFalse();
    }

    @Test
    void a_list_of_nothing_needs_no_job_and_what_comes_after_it_is_decided_again_with_it() {
        Advanced started = started(TIMED, List.of());

        assertThat(started.next().step(EACH).work()).isNull();
        assertThat(started.decisions())
                .satisfiesExactlyInAnyOrder(after -> assertThat(after)
                        .isInstanceOf(Decision.Enqueue.class)
                        .extracting("job")
                        .extracting("step")
                        .isEqualTo(new StepId("after")));
        assertThat(Advance.start(started.next(), TIMED, Runs.NOW).decisions())
                .anyMatch(Decision.Enqueue.class::isInstance);
    }

    private static Advanced started(Definition definition, List<String> items) {
        return Advance.start(Runs.pending(definition, Map.of("items", items)), definition, Runs.NOW);
    }

    private static StepEvent timeUp(Execution execution) {
        return new StepEvent.Completed(Runs.run(execution, EACH.value(), 1, 1), null, Map.of());
    }

    private static StepEvent completed(Execution execution, int index) {
        return new StepEvent.ChildEnded(
                job(execution),
                Runs.ORG,
                index,
                ExecutionId.child(job(execution), index),
                ExecutionStatus.COMPLETED,
                Map.of("result", "r" + index),
                null,
                Runs.NOW,
                null);
    }

    private static JobId job(Execution execution) {
        return new JobId(execution.id(), EACH, 1);
    }

    private static Definition forEach(String timeout) {
        return Seed.parse("""
                {"name": "each", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}}, "steps": [
                 {"id": "each", "type": "FOR_EACH", "items": "{{ trigger.items }}", "concurrency": 2, "timeout": "%s",
                  "steps": [{"id": "crm", "type": "ACTION", "action": "CRM_INSERT",
                             "config": {"field_mapping": {"n": "{{ item }}"}}}]},
                 {"id": "after", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["each"],
                  "config": {"field_mapping": {"n": 1}}}]}
                """.formatted(timeout));
    }
}
