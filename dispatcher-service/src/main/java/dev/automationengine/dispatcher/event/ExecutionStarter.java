package dev.automationengine.dispatcher.event;

import dev.automationengine.dispatcher.execution.Advance;
import dev.automationengine.dispatcher.execution.Beginnings;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.quota.QuotaGate;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Starts an execution of every workflow that listens, for a batch of events by one insert. */
@Component
class ExecutionStarter {
    private final WorkflowCache workflows;
    private final Beginnings beginnings;
    private final QuotaGate gate;
    private final Traces traces;
    private final InstantSource clock;
    private final MeterRegistry meters;

    ExecutionStarter(
            WorkflowCache workflows,
            Beginnings beginnings,
            QuotaGate gate,
            Traces traces,
            InstantSource clock,
            MeterRegistry meters) {
        this.workflows = workflows;
        this.beginnings = beginnings;
        this.gate = gate;
        this.traces = traces;
        this.clock = clock;
        this.meters = meters;
    }

    /** Stores the executions and tells what follows; of those that were there already, what followed then. */
    List<Settled> start(List<AutomationEvent> events) {
        Map<ExecutionId, Settled> started = new LinkedHashMap<>();
        Map<OrgId, List<WorkflowVersion>> active = workflows.active(organizations(events));
        List<AutomationEvent> unheard = events.stream()
                .filter(event -> listening(event, active).isEmpty())
                .toList();
        Map<OrgId, List<WorkflowVersion>> newest =
                unheard.isEmpty() ? Map.of() : workflows.activeNow(organizations(unheard));
        for (AutomationEvent event : events) {
            List<WorkflowVersion> listening = listening(event, active);
            listening = listening.isEmpty() ? listening(event, newest) : listening;
            meters.counter("engine.events", "matched", Boolean.toString(!listening.isEmpty()))
                    .increment();
            for (WorkflowVersion workflow : listening) {
                started.computeIfAbsent(ExecutionId.of(event.id(), workflow.id()), id -> begin(event, workflow));
            }
        }
        QuotaGate.Gated gated = gate.pass(List.copyOf(started.values()));
        List<Settled> stored = beginnings.store(gated.executions());
        gate.stored(gated, stored);
        return stored;
    }

    private static Set<OrgId> organizations(List<AutomationEvent> events) {
        return events.stream().map(AutomationEvent::orgId).collect(Collectors.toSet());
    }

    private static List<WorkflowVersion> listening(AutomationEvent event, Map<OrgId, List<WorkflowVersion>> active) {
        return active.getOrDefault(event.orgId(), List.of()).stream()
                .filter(each -> each.hears(event))
                .toList();
    }

    private Settled begin(AutomationEvent event, WorkflowVersion workflow) {
        return traces.continued(event.traceparent(), "event.dispatch", () -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            String traceparent = traces.traceparent();
            Execution pending = Execution.pending(event, workflow, now, traceparent);
            return new Settled(
                    pending, Advance.start(pending, workflow.definition(), now), workflow.definition(), traceparent);
        });
    }
}
