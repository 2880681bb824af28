package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.ExecutionStore.Change;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Applies a batch of reports to their executions: one query, the decisions in memory, one bulk write of
 * compare-and-set updates. Where another writer was faster, all of it is read again: what is stored already then
 * changes nothing.
 */
@Component
class Advancement {
    private static final int MAX_ROUNDS = 8;

    private final ExecutionStore store;
    private final WorkflowCache workflows;
    private final FactReader reader;
    private final Traces traces;
    private final ExecutionMetrics metrics;
    private final InstantSource clock;

    Advancement(
            ExecutionStore store,
            WorkflowCache workflows,
            FactReader reader,
            Traces traces,
            ExecutionMetrics metrics,
            InstantSource clock) {
        this.store = store;
        this.workflows = workflows;
        this.reader = reader;
        this.traces = traces;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Stores what the reports change and tells what follows. Reports on what does not exist are put aside. */
    List<Settled> apply(List<Received<StepEvent>> reports) {
        Map<ExecutionId, List<Received<StepEvent>>> byExecution = reports.stream()
                .collect(Collectors.groupingBy(
                        report -> subject(report).jobId().execution(), LinkedHashMap::new, Collectors.toList()));
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Map<ExecutionId, Execution> executions = executions(byExecution);
            Map<VersionKey, WorkflowVersion> versions = workflows.versions(
                    executions.values().stream().map(Execution::version).collect(Collectors.toSet()));
            rejectUnknown(byExecution, executions, versions);
            List<Settled> settled = new ArrayList<>();
            List<Change> changes = new ArrayList<>();
            byExecution.forEach((id, events) -> {
                Execution before = Objects.requireNonNull(executions.get(id));
                Definition definition = before.follows(Objects.requireNonNull(versions.get(before.version())));
                Settled each = fold(before, definition, events);
                settled.add(each);
                if (each.advanced().changed()) {
                    changes.add(new Change(before, each.advanced().next()));
                }
            });
            if (store.replace(changes)) {
                return settled;
            }
            metrics.conflict();
        }
        throw new IllegalStateException("others changed the same executions " + MAX_ROUNDS + " times in a row");
    }

    private Settled fold(Execution before, Definition definition, List<Received<StepEvent>> events) {
        String parent = subject(events.getLast()).traceparent();
        return traces.continued(parent, "execution.advance", () -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Execution current = before;
            Set<Decision> decisions = new LinkedHashSet<>();
            for (Received<StepEvent> event : events) {
                Advanced advanced = Advance.advance(current, definition, event.value(), now);
                decisions.addAll(advanced.decisions());
                current = advanced.next();
            }
            // One stored change, one revision, however many events made it.
            Execution next = current == before ? before : current.withRev(before.rev() + 1);
            return new Settled(
                    before,
                    new Advanced(next, List.copyOf(decisions), next != before),
                    definition,
                    traces.traceparent());
        });
    }

    private Map<ExecutionId, Execution> executions(Map<ExecutionId, List<Received<StepEvent>>> byExecution) {
        Map<ExecutionId, OrgId> wanted = new LinkedHashMap<>();
        byExecution.forEach(
                (id, events) -> wanted.put(id, subject(events.getFirst()).orgId()));
        return store.find(wanted);
    }

    private void rejectUnknown(
            Map<ExecutionId, List<Received<StepEvent>>> byExecution,
            Map<ExecutionId, Execution> executions,
            Map<VersionKey, WorkflowVersion> versions) {
        byExecution.entrySet().removeIf(entry -> {
            Execution execution = executions.get(entry.getKey());
            String reason = reason(execution, versions);
            if (reason == null) {
                return false;
            }
            entry.getValue().forEach(event -> reader.reject(event.source(), reason));
            return true;
        });
    }

    private static @Nullable String reason(@Nullable Execution execution, Map<VersionKey, WorkflowVersion> versions) {
        if (execution == null) {
            return "there is no such execution, or not any more";
        }
        return versions.containsKey(execution.version()) ? null : "the workflow's version cannot be run here";
    }

    private static StepEvent.Subject subject(Received<StepEvent> report) {
        return Objects.requireNonNull(report.value().subject(), "events of unknown kinds were put aside before");
    }
}
