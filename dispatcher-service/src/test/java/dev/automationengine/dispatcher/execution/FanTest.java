package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.Seed;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a step decides that starts an execution for each item of a list. */
class FanTest {
    private static final StepId EACH = new StepId("each");

    @Property(tries = 500)
    void any_order_and_repetition_of_ends_gives_all_results_in_the_order_of_the_items(
            @ForAll @IntRange(max = 12) int items,
            @ForAll @IntRange(min = 1, max = 5) int concurrency,
            @ForAll long order) {
        Definition definition = forEach(concurrency, "fail");
        Random random = new Random(order);
        Advanced started = started(definition, items);
        Execution execution = started.next();
        SortedSet<Integer> running = new TreeSet<>();
        List<Integer> ended = new ArrayList<>();
        begin(started, running);
        while (!running.isEmpty()) {
            assertThat(running).hasSizeLessThanOrEqualTo(concurrency);
            List<Integer> choice = new ArrayList<>(running);
            int index = choice.get(random.nextInt(choice.size()));
            running.remove(index);
            ended.add(index);
            Advanced next = Advance.advance(execution, definition, completed(execution, index), Runs.NOW);
            execution = next.next();
            begin(next, running);
            int again = ended.get(random.nextInt(ended.size()));
            Advanced repeated = Advance.advance(execution, definition, completed(execution, again), Runs.NOW);
            assertThat(repeated.changed()).isFalse();
            assertThat(repeated.decisions()).allMatch(decision -> isOf(decision, running));
        }
        assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(execution.step(EACH).output())
                .containsEntry("count", items)
                .containsEntry(
                        "results",
                        IntStream.range(0, items).mapToObj(i -> "r" + i).toList());
        assertThat(ended).hasSize(items);
    }

    @Test
    void an_item_that_fails_fails_the_step_and_the_others_are_not_wanted_any_more() {
        Definition definition = forEach(3, "fail");
        Execution execution = started(definition, 5).next();

        Advanced failed = Advance.advance(execution, definition, failed(execution, 1), Runs.NOW);

        assertThat(failed.next().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.next().step(EACH).failure()).satisfies(error -> {
            assertThat(error).isNotNull();
            assertThat(error.code()).isEqualTo("503");
            assertThat(error.message()).contains("item 1", "The CRM is down.");
        });
        Decision.CancelChildren cancel = new Decision.CancelChildren(job(execution), new TreeSet<>(List.of(0, 2)));
        assertThat(failed.decisions()).contains(cancel).noneMatch(Decision.StartChildren.class::isInstance);
        assertThat(Advance.advance(failed.next(), definition, failed(execution, 1), Runs.NOW)
                        .decisions())
                .contains(cancel);
    }

    @Test
    void an_item_that_fails_may_leave_the_others_alone() {
        Definition definition = forEach(2, "continue");
        Execution execution = started(definition, 2).next();

        Execution one = Advance.advance(execution, definition, failed(execution, 0), Runs.NOW)
                .next();
        Execution both = Advance.advance(one, definition, completed(execution, 1), Runs.NOW)
                .next();

        assertThat(both.status()).isEqualTo(ExecutionStatus.COMPLETED);
        List<?> results = (List<?>) Objects.requireNonNull(
                Objects.requireNonNull(both.step(EACH).output()).get("results"));
        assertThat(results.getFirst().toString()).contains("503");
        assertThat(results).last().isEqualTo("r1");
    }

    @Test
    void a_person_who_cancels_ends_the_items_too() {
        Definition definition = forEach(2, "fail");
        Execution execution = started(definition, 4).next();

        Advanced cancelled =
                Advance.cancel(execution, definition, new Cancellation("user_1", Runs.NOW, null), Runs.NOW);

        assertThat(cancelled.next().step(EACH).status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(cancelled.decisions())
                .contains(new Decision.CancelChildren(job(execution), new TreeSet<>(List.of(0, 1))));
    }

    @Test
    void what_is_no_list_or_too_long_fails() {
        Definition definition = forEach(1, "fail");
        Execution none = Runs.pending(definition, Map.of("items", "many"));
        Execution many = Runs.pending(definition, Map.of("items", Collections.nCopies(1_001, "x")));

        assertThat(Advance.start(none, definition, Runs.NOW).next().step(EACH).failure())
                .extracting("code")
                .isEqualTo("no_list");
        assertThat(Advance.start(many, definition, Runs.NOW).next().step(EACH).failure())
                .extracting("code")
                .isEqualTo("too_many_items");
    }

    private static boolean isOf(Decision decision, SortedSet<Integer> running) {
        return decision instanceof Decision.StartChildren start && running.containsAll(start.items());
    }

    private static void begin(Advanced advanced, SortedSet<Integer> running) {
        for (Decision decision : advanced.decisions()) {
            if (decision instanceof Decision.StartChildren start) {
                assertThat(running).doesNotContainAnyElementsOf(start.items());
                running.addAll(start.items());
            }
        }
    }

    private static Advanced started(Definition definition, int items) {
        List<Integer> list = IntStream.range(0, items).boxed().toList();
        return Advance.start(Runs.pending(definition, Map.of("items", list)), definition, Runs.NOW);
    }

    private static JobId job(Execution execution) {
        return new JobId(execution.id(), EACH, 1);
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

    private static StepEvent failed(Execution execution, int index) {
        return new StepEvent.ChildEnded(
                job(execution),
                Runs.ORG,
                index,
                ExecutionId.child(job(execution), index),
                ExecutionStatus.FAILED,
                Map.of(),
                Runs.error(),
                Runs.NOW,
                null);
    }

    private static Definition forEach(int concurrency, String onItemError) {
        return Seed.parse("""
                {"name": "each", "trigger": {"type": "WEBHOOK", "config": {"path": "x"}}, "steps": [
                 {"id": "each", "type": "FOR_EACH", "items": "{{ trigger.items }}", "concurrency": %d,
                  "on_item_error": "%s", "collect": "{{ steps.crm.output.id }}",
                  "steps": [{"id": "crm", "type": "ACTION", "action": "CRM_INSERT",
                             "config": {"field_mapping": {"n": "{{ item }}"}}}]}]}
                """.formatted(concurrency, onItemError));
    }
}
