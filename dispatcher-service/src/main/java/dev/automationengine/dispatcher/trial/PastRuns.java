package dev.automationengine.dispatcher.trial;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.ExecutionStore;
import dev.automationengine.dispatcher.workflow.DataLimit;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Reads what happened: from the executions, and from the logs of those that have been forgotten. */
@Component
class PastRuns {
    private static final String LOGS = "execution_logs";

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

    private static PastRun of(Execution execution) {
        Map<String, String> steps = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> outputs = new HashMap<>();
        Map<String, Mocks.Failure> failures = new HashMap<>();
        execution.steps().forEach((id, state) -> {
            steps.put(id.value(), state.status().name().toLowerCase(Locale.ROOT));
            Map<String, @Nullable Object> output = state.output();
            StepError failure = state.failure();
            if (output != null) {
                outputs.put(id.value(), output);
            } else if (failure != null) {
                failures.put(id.value(), new Mocks.Failure(failure.code(), failure.message()));
            }
        });
        return new PastRun(execution.status(), execution.createdAt(), steps, outputs, failures);
    }

    private static PastRun of(Document log) {
        Map<String, String> steps = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> outputs = new HashMap<>();
        Map<String, Mocks.Failure> failures = new HashMap<>();
        for (Document step : log.getList("steps", Document.class, List.of())) {
            String id = step.getString("step_id");
            steps.put(id, step.getString("status"));
            if (step.get("output") instanceof Document output) {
                outputs.put(id, DataLimit.plain(output));
            } else if (Objects.equals(step.getString("status"), "failed")) {
                failures.put(id, failure(step));
            }
        }
        return new PastRun(
                ExecutionStatus.valueOf(log.getString("status").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(log.getDate("created_at")).toInstant(),
                steps,
                outputs,
                failures);
    }

    private static Mocks.Failure failure(Document step) {
        List<Document> attempts = step.getList("attempts", Document.class, List.of());
        return !attempts.isEmpty() && attempts.getLast().get("error") instanceof Document error
                ? new Mocks.Failure(String.valueOf(error.get("code")), String.valueOf(error.get("message")))
                : new Mocks.Failure("unknown", "");
    }
}
