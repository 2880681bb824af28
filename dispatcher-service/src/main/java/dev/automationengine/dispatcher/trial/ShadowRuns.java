package dev.automationengine.dispatcher.trial;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.trial.ReplayResult.Change;
import dev.automationengine.dispatcher.trial.ReplayResult.Outcome;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs past events in memory and compares what would be decided with what was. */
@Component
class ShadowRuns {
    private final PastRuns past;
    private final TrialVersions versions;
    private final ActionCatalog actions;

    ShadowRuns(PastRuns past, TrialVersions versions, ActionCatalog actions) {
        this.past = past;
        this.versions = versions;
        this.actions = actions;
    }

    /**
     * One result for each event, in order, as far as time allows; at least one. Third parties answer as they did; what was
     * not asked then, as its example.
     *
     * @param late whether no further event may be begun
     */
    List<ReplayResult> judge(WorkflowVersion version, List<AutomationEvent> events, BooleanSupplier late) {
        List<ExecutionId> ids = events.stream()
                .map(event -> ExecutionId.of(event.id(), version.id()))
                .toList();
        Map<ExecutionId, PastRun> known = past.find(version.orgId(), ids);
        List<ReplayResult> results = new ArrayList<>();
        for (AutomationEvent event : events) {
            if (!results.isEmpty() && late.getAsBoolean()) {
                break;
            }
            ExecutionId id = ExecutionId.of(event.id(), version.id());
            results.add(judge(version, event, id, known.get(id)));
        }
        return results;
    }

    private ReplayResult judge(WorkflowVersion version, AutomationEvent event, ExecutionId id, @Nullable PastRun was) {
        if (was == null) {
            Execution would = rehearsed(version, event, event.time(), Map.of()).rootExecution();
            return new ReplayResult(event.id(), Outcome.NO_RECORD, null, null, name(would.status()), List.of(), null);
        }
        Map<ExecutionId, PastRun> family = past.family(version.orgId(), id, was);
        Rehearsed rehearsed = rehearsed(version, event, was.at(), family);
        List<Change> changes = Comparison.of(family, rehearsed);
        Outcome outcome =
                !was.status().terminal() ? Outcome.UNFINISHED : changes.isEmpty() ? Outcome.SAME : Outcome.DIFFERENT;
        String would = name(rehearsed.rootExecution().status());
        return new ReplayResult(event.id(), outcome, id, name(was.status()), would, changes, null);
    }

    private Rehearsed rehearsed(
            WorkflowVersion version, AutomationEvent event, Instant at, Map<ExecutionId, PastRun> family) {
        return new Rehearsal(
                        version,
                        sub -> versions.newest(version.orgId(), sub),
                        execution -> mocks(execution, family.get(execution.id())),
                        at)
                .run(event);
    }

    /** What was answered then is an answer now only if the same was asked: not for another item of a list. */
    private Mocks mocks(Execution execution, @Nullable PastRun was) {
        return was == null || asksAnother(execution, was.trigger())
                ? new Mocks(Map.of(), Map.of(), actions)
                : new Mocks(was.outputs(), was.failures(), actions);
    }

    private static boolean asksAnother(Execution execution, @Nullable Map<String, @Nullable Object> then) {
        return execution.parent() != null && then != null && !then.equals(execution.trigger());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
