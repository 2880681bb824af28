package dev.automationengine.dispatcher.event;

import dev.automationengine.dispatcher.execution.Advance;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.ExecutionStore;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
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
import java.util.ArrayList;
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
    private final ExecutionStore store;
    private final Traces traces;
    private final InstantSource clock;
    private final MeterRegistry meters;

    ExecutionStarter(
            WorkflowCache workflows, ExecutionStore store, Traces traces, InstantSource clock, MeterRegistry meters) {
        this.workflows = workflows;
        this.store = store;
        this.traces = traces;
        this.clock = clock;
        this.meters = meters;
    }

    /** Stores the executions and tells what follows; of those that were there already, what followed then. */
    List<Settled> start(List<AutomationEvent> events) {
        Map<ExecutionId, Settled> started = new LinkedHashMap<>();
        Map<OrgId, List<WorkflowVersion>> active =
                workflows.active(events.stream().map(AutomationEvent::orgId).collect(Collectors.toSet()));
        for (AutomationEvent event : events) {
            List<WorkflowVersion> listening = active.getOrDefault(event.orgId(), List.of()).stream()
                    .filter(each -> each.definition()
                            .trigger()
                            .listensTo(event.triggerType(), event.data().match()))
                    .toList();
            meters.counter("engine.events", "matched", Boolean.toString(!listening.isEmpty()))
                    .increment();
            for (WorkflowVersion workflow : listening) {
                started.computeIfAbsent(ExecutionId.of(event.id(), workflow.id()), id -> begin(event, workflow));
            }
        }
        List<Execution> executions =
                started.values().stream().map(each -> each.advanced().next()).toList();
        repeat(store.insert(executions), started);
        return new ArrayList<>(started.values());
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

    /** Executions that an earlier delivery of the event stored stand as they are, with the version they follow. */
    private void repeat(Set<ExecutionId> known, Map<ExecutionId, Settled> started) {
        Map<ExecutionId, OrgId> wanted = new LinkedHashMap<>();
        known.forEach(
                id -> wanted.put(id, settled(started, id).advanced().next().orgId()));
        Map<ExecutionId, Execution> stored = store.find(wanted);
        Map<VersionKey, WorkflowVersion> versions = workflows.versions(
                stored.values().stream().map(Execution::version).collect(Collectors.toSet()));
        known.forEach(id -> {
            Execution execution = stored.get(id);
            WorkflowVersion version = execution == null ? null : versions.get(execution.version());
            if (execution == null || version == null) {
                // It ended, and was forgotten meanwhile.
                started.remove(id);
                return;
            }
            Definition definition = version.definition();
            started.put(
                    id,
                    new Settled(
                            execution,
                            Advance.start(execution, definition, execution.updatedAt()),
                            definition,
                            execution.traceparent()));
        });
    }

    private static Settled settled(Map<ExecutionId, Settled> started, ExecutionId id) {
        Settled settled = started.get(id);
        if (settled == null) {
            throw new IllegalStateException("no such execution in the batch: " + id);
        }
        return settled;
    }
}
