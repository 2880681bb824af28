package dev.automationengine.dispatcher.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.workflow.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Drives random workflows with the reports of workers in every order, with repeats. */
class AdvancePropertyTest {
    private static final Cancellation CANCELLATION = new Cancellation("user_1", Runs.NOW, "a mistake");

    @Property(tries = 2000)
    void any_order_and_repetition_of_reports_leads_to_the_same_end(
            @ForAll long workflowSeed, @ForAll long firstOrder, @ForAll long secondOrder) {
        Definition definition = definition(new Random(workflowSeed));

        Execution first = new Simulation(definition, workflowSeed, firstOrder, 0).run();
        Execution second = new Simulation(definition, workflowSeed, secondOrder, 0).run();

        assertThat(first.status()).isNotEqualTo(ExecutionStatus.FAILED).matches(ExecutionStatus::terminal);
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.steps()).isEqualTo(first.steps());
    }

    @Property(tries = 2000)
    void a_failure_ends_every_order_as_failed_and_leaves_nothing_pending(
            @ForAll long workflowSeed, @ForAll long order, @ForAll long otherOrder) {
        Definition definition = definition(new Random(workflowSeed));

        Execution one = new Simulation(definition, workflowSeed, order, 3).run();
        Execution other = new Simulation(definition, workflowSeed, otherOrder, 3).run();

        // Which of two parallel steps fails first may differ, and with it what else was started; the end does not.
        assertThat(other.status()).isEqualTo(one.status()).matches(ExecutionStatus::terminal);
        assertThat(one.steps().values()).extracting(StepState::status).allMatch(StepStatus::terminal);
    }

    @Property(tries = 2000)
    void lost_reports_leave_steps_that_wait_and_never_a_wrong_end(
            @ForAll long workflowSeed, @ForAll long order, @ForAll long otherOrder) {
        Definition definition = definition(new Random(workflowSeed));
        Execution whole = new Simulation(definition, workflowSeed, order, 0).run();

        Execution lossy = new Simulation(definition, workflowSeed, otherOrder, 0)
                .losing(4)
                .run();

        if (lossy.status().terminal()) {
            assertThat(lossy.status()).isEqualTo(whole.status());
        } else {
            assertThat(lossy.steps().values())
                    .extracting(StepState::status)
                    .containsAnyOf(StepStatus.QUEUED, StepStatus.RETRYING);
        }
        lossy.steps().forEach((id, state) -> {
            if (state.status().terminal()) {
                assertThat(state.status()).isEqualTo(whole.step(id).status());
                assertThat(state.output()).isEqualTo(whole.step(id).output());
            }
        });
    }

    @Property(tries = 2000)
    void a_person_who_cancels_wins_over_everything_that_comes_later(
            @ForAll long workflowSeed, @ForAll long order, @ForAll @IntRange(max = 20) int after) {
        Definition definition = definition(new Random(workflowSeed));

        Execution execution = new Simulation(definition, workflowSeed, order, 3)
                .cancelledAfter(after)
                .run();

        assertThat(execution.status()).matches(ExecutionStatus::terminal);
        assertThat(execution.steps().values()).extracting(StepState::status).allMatch(StepStatus::terminal);
        assertThat(execution.cancellation() != null).isEqualTo(execution.status() == ExecutionStatus.CANCELLED);
    }

    /** A fleet of workers that report on what is queued, in an order of chance, and now and then again. */
    private static final class Simulation {
        private final Definition definition;
        private final long outcomeSeed;
        private final Random order;
        private final int failureOneIn;
        private final List<StepEvent> inFlight = new ArrayList<>();
        private final List<StepEvent> delivered = new ArrayList<>();
        private final Set<JobId> queued = new HashSet<>();
        private int lostOneIn;
        private int cancelAfter = Integer.MAX_VALUE;

        Simulation(Definition definition, long outcomeSeed, long orderSeed, int failureOneIn) {
            this.definition = definition;
            this.outcomeSeed = outcomeSeed;
            this.order = new Random(orderSeed);
            this.failureOneIn = failureOneIn;
        }

        /** Of so many reports one never arrives. */
        Simulation losing(int oneIn) {
            lostOneIn = oneIn;
            return this;
        }

        /** A person cancels after so many reports. */
        Simulation cancelledAfter(int reports) {
            cancelAfter = reports;
            return this;
        }

        Execution run() {
            Execution pending = Runs.pending(definition, Map.of("yes", 1));
            Execution execution = settle(pending, Advance.start(pending, definition, Runs.NOW));
            while (!inFlight.isEmpty()) {
                if (delivered.size() == cancelAfter) {
                    execution = settle(execution, Advance.cancel(execution, definition, CANCELLATION, Runs.NOW));
                }
                StepEvent event = inFlight.remove(order.nextInt(inFlight.size()));
                if (lostOneIn > 0 && order.nextInt(lostOneIn) == 0) {
                    continue;
                }
                delivered.add(event);
                execution = settle(execution, Advance.advance(execution, definition, event, Runs.NOW));
                if (order.nextBoolean()) {
                    StepEvent again = delivered.get(order.nextInt(delivered.size()));
                    execution = settle(execution, Advance.advance(execution, definition, again, Runs.NOW));
                }
                execution = settle(execution, Advance.start(execution, definition, Runs.NOW));
            }
            return execution;
        }

        private Execution settle(Execution before, Advanced advanced) {
            Execution after = advanced.next();
            assertThat(advanced.changed()).isEqualTo(after != before);
            assertTerminalStaysAsItIs(before, after);
            for (Decision decision : advanced.decisions()) {
                if (decision instanceof Decision.Enqueue enqueue) {
                    enqueue(enqueue.job(), before, after, advanced.changed());
                }
            }
            return after;
        }

        private void enqueue(JobId job, Execution before, Execution after, boolean changed) {
            assertThat(after.status().terminal()).as("queued after the end").isFalse();
            assertThat(after.step(job.step()).status()).isEqualTo(StepStatus.QUEUED);
            if (changed && before.step(job.step()).status() == StepStatus.PENDING) {
                assertThat(queued.add(job)).as("queued a second time").isTrue();
                inFlight.addAll(reports(after, job));
            } else {
                assertThat(queued).as("a repeat names only what was queued").contains(job);
            }
        }

        private static void assertTerminalStaysAsItIs(Execution before, Execution after) {
            if (before.status().terminal()) {
                assertThat(after.status()).isEqualTo(before.status());
                assertThat(after.finishedAt()).isEqualTo(before.finishedAt());
            }
            before.steps().forEach((id, state) -> {
                if (state.status() == StepStatus.CANCELLED) {
                    assertThat(after.step(id).status()).isIn(StepStatus.CANCELLED, StepStatus.COMPLETED);
                } else if (state.status().terminal()) {
                    assertThat(after.step(id).status()).isEqualTo(state.status());
                    assertThat(after.step(id).output()).isEqualTo(state.output());
                }
            });
        }

        /** What the worker that gets the job will report: the same, whatever the order. */
        private List<StepEvent> reports(Execution execution, JobId job) {
            Random chance = new Random(outcomeSeed ^ job.step().hashCode());
            String step = job.step().value();
            int attempts = 1 + chance.nextInt(3);
            List<StepEvent> reports = new ArrayList<>();
            for (int attempt = 1; attempt < attempts; attempt++) {
                reports.add(Runs.attemptFailed(execution, step, attempt, attempt));
            }
            boolean fails = failureOneIn > 0 && chance.nextInt(failureOneIn) == 0;
            reports.add(
                    fails
                            ? Runs.failed(execution, step, attempts, attempts)
                            : Runs.completed(execution, step, attempts, attempts));
            return reports;
        }
    }

    private static Definition definition(Random random) {
        return new Definition(
                "random",
                new Trigger(Trigger.WEBHOOK, Map.of("path", "x"), null),
                new RandomSteps(random).make(1 + random.nextInt(8)));
    }
}
