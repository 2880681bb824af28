package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.ExecutionStore.Change;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.Step.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
            Step step = Objects.requireNonNull(
                    each.by().definition().step(each.decision().job().step()));
            WorkflowVersion version = step instanceof SubWorkflowStep sub
                    ? others.get(key(execution.orgId(), sub))
                    : own.get(execution.version());
            for (int index : each.decision().items()) {
                Parent parent = parent(execution, each.decision(), step, index);
                StepError obstacle = obstacle(step, parent, version);
                if (obstacle == null) {
                    begun.add(begin(execution, parent, step, Objects.requireNonNull(version), now));
                } else {
                    refused.add(refused(execution, parent, obstacle, now));
                }
            }
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

    private static Parent parent(Execution execution, Decision.StartChildren decision, Step step, int index) {
        Parent above = execution.parent();
        String within = above == null || above.part().isEmpty() ? "" : above.part() + "/";
        boolean item = !(step instanceof SubWorkflowStep);
        return new Parent(
                execution.id(),
                step.id(),
                decision.job().epoch(),
                index,
                item ? within + step.id() : "",
                above == null ? 1 : above.depth() + 1,
                !(step instanceof SubWorkflowStep sub) || sub.waits(),
                execution.effectKey(step.id()));
    }

    private static @Nullable StepError obstacle(Step step, Parent parent, @Nullable WorkflowVersion version) {
        if (parent.depth() > Parent.MAX_DEPTH) {
            return StepErrors.tooDeep();
        }
        return step instanceof SubWorkflowStep sub
                        && (version == null
                                || !version.definition().trigger().type().equals(Trigger.SUB_WORKFLOW))
                ? StepErrors.noSuchWorkflow(sub.workflowId())
                : null;
    }

    private static Settled begin(Execution of, Parent parent, Step step, WorkflowVersion version, Instant now) {
        Fan fan = Objects.requireNonNull(of.step(parent.step()).fan());
        Execution pending = Execution.child(of, parent, version, step.type(), content(fan, parent), now);
        Definition definition = pending.follows(version);
        return new Settled(pending, Advance.start(pending, definition, now), definition, of.traceparent());
    }

    private static Map<String, @Nullable Object> content(Fan fan, Parent parent) {
        Object item = fan.items().get(parent.index());
        Map<String, @Nullable Object> content = new HashMap<>();
        if (parent.isItem()) {
            content.put("item", item);
            content.put("index", parent.index());
            content.put("with", fan.with());
        } else if (item instanceof Map<?, ?> input) {
            input.forEach((name, value) -> content.put(String.valueOf(name), value));
        }
        return content;
    }

    private static StepEvent.ChildEnded refused(Execution of, Parent parent, StepError why, Instant now) {
        return new StepEvent.ChildEnded(
                parent.job(),
                of.orgId(),
                parent.index(),
                ExecutionId.child(parent.job(), parent.index()),
                ExecutionStatus.FAILED,
                Map.of(),
                why,
                now,
                of.traceparent());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
