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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs past events in memory and compares what would be decided with what was. */
@Component
class ShadowRuns {
    private static final String WHOLE = "*";
    private static final String ABSENT = "absent";

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
        Instant at = was == null ? event.time() : was.at();
        Mocks mocks = was == null
                ? new Mocks(Map.of(), Map.of(), actions)
                : new Mocks(was.outputs(), was.failures(), actions);
        Execution would = new Rehearsal(version, sub -> versions.newest(version.orgId(), sub), mocks, at)
                .run(event)
                .rootExecution();
        if (was == null) {
            return new ReplayResult(event.id(), Outcome.NO_RECORD, null, null, name(would.status()), List.of(), null);
        }
        List<Change> changes = changes(was, would);
        Outcome outcome =
                !was.status().terminal() ? Outcome.UNFINISHED : changes.isEmpty() ? Outcome.SAME : Outcome.DIFFERENT;
        return new ReplayResult(event.id(), outcome, id, name(was.status()), name(would.status()), changes, null);
    }

    private static List<Change> changes(PastRun was, Execution would) {
        Map<String, String> steps = new LinkedHashMap<>();
        would.steps().forEach((id, state) -> steps.put(id.value(), name(state.status())));
        List<Change> changes = new ArrayList<>();
        if (was.status() != would.status()) {
            changes.add(new Change(WHOLE, name(was.status()), name(would.status())));
        }
        Set<String> all = new LinkedHashSet<>(steps.keySet());
        all.addAll(was.steps().keySet());
        for (String step : all) {
            String before = was.steps().getOrDefault(step, ABSENT);
            String after = steps.getOrDefault(step, ABSENT);
            if (!before.equals(after) && changes.size() < ReplayResult.MAX_CHANGES) {
                changes.add(new Change(step, before, after));
            }
        }
        return changes;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
