package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.execution.StepStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts how executions and steps end, and logs failures with the ids that an operator needs. */
@Component
class ExecutionMetrics {
    private static final Logger log = LoggerFactory.getLogger(ExecutionMetrics.class);

    private final MeterRegistry meters;

    ExecutionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts what has just been carried out; repeats are left out. */
    void record(List<Settled> settled) {
        for (Settled each : settled) {
            Execution execution = each.advanced().next();
            if (!each.advanced().changed()) {
                meters.counter("engine.executions.repeats").increment();
                continue;
            }
            countSteps(each);
            each.advanced().decisions().forEach(decision -> record(decision, execution));
        }
    }

    private void countSteps(Settled settled) {
        for (Step step : settled.definition().steps()) {
            StepStatus was = settled.before().step(step.id()).status();
            StepStatus is = settled.advanced().next().step(step.id()).status();
            if (was != is) {
                String action = step.actionName();
                meters.counter("engine.steps", "action", action == null ? step.type() : action, "outcome", Names.of(is))
                        .increment();
            }
        }
    }

    /** Counts a batch of changes of which at least one met another writer. */
    void conflict() {
        meters.counter("engine.executions.conflicts").increment();
    }

    private void record(Decision decision, Execution execution) {
        switch (decision) {
            case Decision.Enqueue enqueue ->
                meters.counter("engine.jobs.enqueued", "action", enqueue.work().action())
                        .increment();
            case Decision.Park park ->
                meters.counter("engine.jobs.parked", "action", park.work().action())
                        .increment();
            case Decision.StartChildren start ->
                meters.counter("engine.executions.children")
                        .increment(start.items().size());
            case Decision.Listen listen -> meters.counter("engine.event.waits").increment();
            case Decision.CancelChildren cancel -> {}
            case Decision.TellParent tell -> {}
            case Decision.Finish finish ->
                meters.counter("engine.executions", "status", Names.of(finish.status()))
                        .increment();
            case Decision.DeadLetter letter -> {
                meters.counter(
                                "engine.dead.letters",
                                "action",
                                letter.action(),
                                "class",
                                Names.of(letter.error().errorClass()))
                        .increment();
                try (LogContext context = LogContext.of(
                        execution.orgId(), execution.id(), letter.job().step())) {
                    log.warn(
                            "Step failed for good after {} attempts: {} {}",
                            letter.attempts(),
                            Names.of(letter.error().errorClass()),
                            letter.error().loggableCode());
                }
            }
        }
    }
}
