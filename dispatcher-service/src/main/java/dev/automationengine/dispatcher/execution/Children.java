package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.ExecutionStore.Change;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Starts and ends the executions that steps of others ask for, a batch by one insert or one bulk write. */
@Component
class Children {
    /** Who cancels an execution whose parent does not want it any more. */
    static final String BY_PARENT = "parent";

    private static final int MAX_ROUNDS = 8;

    private final Beginnings beginnings;
    private final ExecutionStore store;
    private final WorkflowCache workflows;
    private final ExecutionMetrics metrics;
    private final InstantSource clock;

    Children(
            Beginnings beginnings,
            ExecutionStore store,
            WorkflowCache workflows,
            ExecutionMetrics metrics,
            InstantSource clock) {
        this.beginnings = beginnings;
        this.store = store;
        this.workflows = workflows;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * A decision of an execution.
     *
     * @param by the execution, as it is stored, with what it follows
     * @param decision what it decided
     */
    record Asked<T extends Decision>(Settled by, T decision) {}

    /**
     * What has been begun.
     *
     * @param executions those that are stored now, or were before
     * @param refused the ends of those that could not even begin
     */
    record Begun(List<Settled> executions, List<StepEvent.ChildEnded> refused) {}

    /** Stores what is asked for; what was stored before stands as it is. */
    Begun begin(List<Asked<Decision.StartChildren>> asked) {
        if (asked.isEmpty()) {
            return new Begun(List.of(), List.of());
        }
        Map<VersionKey, WorkflowVersion> own = own(asked);
        Map<VersionKey, WorkflowVersion> others = others(asked);
        Instant now = now();
        List<Settled> begun = new ArrayList<>();
        List<StepEvent.ChildEnded> refused = new ArrayList<>();
        for (Asked<Decision.StartChildren> each : asked) {
            Execution execution = each.by().advanced().next();
            Offspring.of(
                            each.by().advanced().next(),
                            each.by().definition(),
                            each.decision(),
                            own.get(execution.version()),
                            sub -> others.get(key(execution.orgId(), sub)),
                            now)
                    .forEach(child -> {
                        switch (child) {
                            case Offspring.Born(Settled settled) -> begun.add(settled);
                            case Offspring.Refused(StepEvent.ChildEnded end) -> refused.add(end);
                        }
                    });
        }
        return new Begun(beginnings.store(begun), refused);
    }

    /** Ends what is not wanted any more. What has ended stays as it is. */
    List<Settled> cancel(List<Asked<Decision.CancelChildren>> asked) {
        Map<ExecutionId, OrgId> unwanted = new LinkedHashMap<>();
        asked.forEach(each -> each.decision()
                .items()
                .forEach(index -> unwanted.put(
                        ExecutionId.child(each.decision().job(), index),
                        each.by().advanced().next().orgId())));
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Map<ExecutionId, Execution> found = store.find(unwanted);
            Map<VersionKey, WorkflowVersion> versions = versions(found);
            Cancellation cancellation = new Cancellation(BY_PARENT, now(), null);
            List<Settled> settled = found.values().stream()
                    .filter(each -> versions.containsKey(each.version()))
                    .map(each -> cancelled(each, Objects.requireNonNull(versions.get(each.version())), cancellation))
                    .toList();
            List<Change> changes = settled.stream()
                    .filter(each -> each.advanced().changed())
                    .map(each -> new Change(each.before(), each.advanced().next()))
                    .toList();
            if (store.replace(changes)) {
                return settled.stream()
                        .filter(each -> each.advanced().changed())
                        .toList();
            }
            metrics.conflict();
        }
        throw new IllegalStateException("others changed the same executions " + MAX_ROUNDS + " times in a row");
    }

    private static Settled cancelled(Execution before, WorkflowVersion version, Cancellation cancellation) {
        Definition definition = before.follows(version);
        Advanced advanced = Advance.cancel(before, definition, cancellation, cancellation.at());
        return new Settled(before, advanced, definition, before.traceparent());
    }

    private Map<VersionKey, WorkflowVersion> own(List<Asked<Decision.StartChildren>> asked) {
        Set<VersionKey> keys = new HashSet<>();
        asked.forEach(each -> keys.add(each.by().advanced().next().version()));
        return workflows.versions(keys);
    }

    private Map<VersionKey, WorkflowVersion> versions(Map<ExecutionId, Execution> found) {
        Set<VersionKey> keys = new HashSet<>();
        found.values().forEach(each -> keys.add(each.version()));
        return workflows.versions(keys);
    }

    private Map<VersionKey, WorkflowVersion> others(List<Asked<Decision.StartChildren>> asked) {
        Set<VersionKey> keys = new HashSet<>();
        asked.forEach(each -> {
            if (each.by().definition().step(each.decision().job().step()) instanceof SubWorkflowStep sub) {
                keys.add(key(each.by().advanced().next().orgId(), sub));
            }
        });
        return keys.isEmpty() ? Map.of() : workflows.newest(keys);
    }

    /** A key of the workflow; which version it names does not matter where the newest is looked for. */
    private static VersionKey key(OrgId org, SubWorkflowStep sub) {
        return new VersionKey(org, sub.workflowId(), 1);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
