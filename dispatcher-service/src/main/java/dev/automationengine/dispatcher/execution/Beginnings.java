package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Stores executions that have just begun, a batch by one insert. */
@Component
public class Beginnings {
    private final ExecutionStore store;
    private final WorkflowCache workflows;

    Beginnings(ExecutionStore store, WorkflowCache workflows) {
        this.store = store;
        this.workflows = workflows;
    }

    /**
     * Stores new executions and tells what follows; of those that were there already, what followed then. One that was
     * there, ended and was forgotten is left out.
     */
    public List<Settled> store(List<Settled> begun) {
        Map<ExecutionId, Settled> all = new LinkedHashMap<>();
        begun.forEach(each -> all.putIfAbsent(each.advanced().next().id(), each));
        Set<ExecutionId> known = store.insert(List.copyOf(all.values()));
        repeat(known, all);
        return new ArrayList<>(all.values());
    }

    /** Executions that were stored before stand as they are, with the version they follow. */
    private void repeat(Set<ExecutionId> known, Map<ExecutionId, Settled> all) {
        Map<ExecutionId, OrgId> wanted = new LinkedHashMap<>();
        all.forEach((id, settled) -> {
            if (known.contains(id)) {
                wanted.put(id, settled.advanced().next().orgId());
            }
        });
        Map<ExecutionId, Execution> stored = store.find(wanted);
        Map<VersionKey, WorkflowVersion> versions = workflows.versions(
                stored.values().stream().map(Execution::version).collect(Collectors.toSet()));
        wanted.keySet().forEach(id -> {
            Execution execution = stored.get(id);
            WorkflowVersion version = execution == null ? null : versions.get(execution.version());
            if (execution == null || version == null) {
                all.remove(id);
                return;
            }
            Definition definition = execution.follows(version);
            all.put(
                    id,
                    new Settled(
                            execution,
                            execution.held()
                                    ? new Advanced(execution, List.of(), false)
                                    : Advance.start(execution, definition, execution.updatedAt()),
                            definition,
                            execution.traceparent()));
        });
    }
}
