package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.trial.ReplayResult.Change;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would come out otherwise, step by step, also within what FOR_EACH and SUB_WORKFLOW start. Pure, used once.
 * Of an item whose record is gone nothing is said.
 */
final class Comparison {
    private static final String WHOLE = "*";
    private static final String ABSENT = "absent";
    private static final int FIRST_EPOCH = 1;

    private final Map<ExecutionId, PastRun> past;
    private final Rehearsed would;
    private final List<Change> changes = new ArrayList<>();

    private Comparison(Map<ExecutionId, PastRun> past, Rehearsed would) {
        this.past = past;
        this.would = would;
    }

    /**
     * The differences, at most {@link ReplayResult#MAX_CHANGES}.
     *
     * @param past what happened in the execution and in those that it started
     * @param would what would happen
     */
    static List<Change> of(Map<ExecutionId, PastRun> past, Rehearsed would) {
        Comparison comparison = new Comparison(past, would);
        comparison.execution("", would.root(), would.root());
        return comparison.changes;
    }

    private void execution(String path, ExecutionId before, ExecutionId after) {
        PastRun was = past.get(before);
        Rehearsal.Run is = would.runs().get(after);
        if (was == null || is == null) {
            return;
        }
        compared(path + WHOLE, name(was.status()), name(is.execution().status()));
        Map<String, String> steps = statuses(is);
        Set<String> all = new LinkedHashSet<>(steps.keySet());
        all.addAll(was.steps().keySet());
        all.forEach(step ->
                compared(path + step, was.steps().getOrDefault(step, ABSENT), steps.getOrDefault(step, ABSENT)));
        was.fans().forEach((step, fan) -> items(path + step + "/", new StepId(step), before, fan, after));
    }

    private void items(String path, StepId step, ExecutionId before, PastRun.Items fan, ExecutionId after) {
        int wanted = would.children(after, step).size();
        for (int i = 0; i < Math.max(fan.count(), wanted) && changes.size() < ReplayResult.MAX_CHANGES; i++) {
            ExecutionId then = ExecutionId.child(new JobId(before, step, fan.epoch()), i);
            ExecutionId now = ExecutionId.child(new JobId(after, step, FIRST_EPOCH), i);
            String below = path + i + "/";
            String was = status(past.get(then));
            Rehearsal.Run is = would.runs().get(now);
            if (was != null && is == null) {
                compared(below + WHOLE, was, ABSENT);
            } else if (is != null && i >= fan.count()) {
                compared(below + WHOLE, ABSENT, name(is.execution().status()));
            } else {
                execution(below, then, now);
            }
        }
    }

    private void compared(String step, String was, String is) {
        if (!was.equals(is) && changes.size() < ReplayResult.MAX_CHANGES) {
            changes.add(new Change(step, was, is));
        }
    }

    private static Map<String, String> statuses(Rehearsal.Run run) {
        Map<String, String> statuses = new LinkedHashMap<>();
        run.execution().steps().forEach((id, state) -> statuses.put(id.value(), name(state.status())));
        return statuses;
    }

    private static @Nullable String status(@Nullable PastRun run) {
        return run == null ? null : name(run.status());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
