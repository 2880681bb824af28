package dev.automationengine.dispatcher.trial;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.ExecutionStore;
import dev.automationengine.dispatcher.execution.Fan;
import dev.automationengine.dispatcher.execution.Snapshots;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Reads what happened: from the executions, and from the logs of those that have been forgotten. */
@Component
class PastRuns {
    /** The most executions of one event that are looked at. */
    static final int MAX_FAMILY = 1_000;

    private static final String LOGS = "execution_logs";
    private static final Set<String> FANS = Set.of(Step.FOR_EACH, Step.SUB_WORKFLOW);

    private final ExecutionStore executions;
    private final MongoOperations mongo;

    PastRuns(ExecutionStore executions, MongoOperations mongo) {
        this.executions = executions;
        this.mongo = mongo;
    }

    /** What is known, by at most two queries. */
    Map<ExecutionId, PastRun> find(OrgId org, Collection<ExecutionId> ids) {
        Map<ExecutionId, PastRun> found = new HashMap<>();
        executions
                .find(ids.stream().distinct().collect(Collectors.toMap(Function.identity(), id -> org)))
                .forEach((id, execution) -> found.put(id, of(execution)));
        List<String> forgotten = ids.stream()
                .filter(id -> !found.containsKey(id))
                .map(ExecutionId::value)
                .toList();
        if (!forgotten.isEmpty()) {
            mongo.getCollection(LOGS)
                    .find(and(in("_id", forgotten), eq("org_id", org.value())))
                    .forEach(log -> found.put(new ExecutionId(log.getString("_id")), of(log)));
        }
        return found;
    }

    /**
     * An execution and what its steps started, and so on: the first {@value #MAX_FAMILY}, by at most two queries for each
     * level.
     */
    Map<ExecutionId, PastRun> family(OrgId org, ExecutionId root, PastRun rootRun) {
        Map<ExecutionId, PastRun> family = new HashMap<>(Map.of(root, rootRun));
        Map<ExecutionId, PastRun> level = family;
        while (!level.isEmpty() && family.size() < MAX_FAMILY) {
            List<ExecutionId> below = level.entrySet().stream()
                    .flatMap(each -> each.getValue().children(each.getKey()))
                    .limit(MAX_FAMILY - family.size())
                    .toList();
            level = below.isEmpty() ? Map.of() : find(org, below);
            family.putAll(level);
        }
        return family;
    }

    private static PastRun of(Execution execution) {
        Map<String, String> steps = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> outputs = new HashMap<>();
        Map<String, Mocks.Failure> failures = new HashMap<>();
        Map<String, PastRun.Items> fans = new LinkedHashMap<>();
        execution.steps().forEach((id, state) -> {
            steps.put(id.value(), state.status().name().toLowerCase(Locale.ROOT));
            Map<String, @Nullable Object> output = state.output();
            StepError failure = state.failure();
            Fan fan = state.fan();
            if (fan != null) {
                fans.put(
                        id.value(), new PastRun.Items(state.epoch(), fan.items().size()));
            }
            if (output != null) {
                outputs.put(id.value(), output);
            } else if (failure != null) {
                failures.put(id.value(), new Mocks.Failure(failure.code(), failure.message()));
            }
        });
        return new PastRun(
                execution.status(), execution.createdAt(), execution.trigger(), steps, outputs, failures, fans);
    }

    private static PastRun of(Document log) {
        Map<String, String> steps = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> outputs = new HashMap<>();
        Map<String, Mocks.Failure> failures = new HashMap<>();
        Map<String, PastRun.Items> fans = new LinkedHashMap<>();
        for (Document step : log.getList("steps", Document.class, List.of())) {
            String id = step.getString("step_id");
            steps.put(id, step.getString("status"));
            if (FANS.contains(String.valueOf(step.get("type")))
                    && step.get("input") instanceof Document input
                    && input.get("items") instanceof List<?> items) {
                fans.put(id, new PastRun.Items(step.getInteger("epoch", 1), items.size()));
            }
            if (step.get("output") instanceof Document output) {
                outputs.put(id, DataLimit.plain(output));
            } else if (Objects.equals(step.getString("status"), "failed")) {
                failures.put(id, failure(step));
            }
        }
        return new PastRun(
                ExecutionStatus.valueOf(log.getString("status").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(log.getDate("created_at")).toInstant(),
                log.get("trigger") instanceof Document trigger && !trigger.containsKey(Snapshots.LEFT_OUT)
                        ? DataLimit.plain(trigger)
                        : null,
                steps,
                outputs,
                failures,
                fans);
    }

    private static Mocks.Failure failure(Document step) {
        List<Document> attempts = step.getList("attempts", Document.class, List.of());
        return !attempts.isEmpty() && attempts.getLast().get("error") instanceof Document error
                ? new Mocks.Failure(String.valueOf(error.get("code")), String.valueOf(error.get("message")))
                : new Mocks.Failure("unknown", "");
    }
}
