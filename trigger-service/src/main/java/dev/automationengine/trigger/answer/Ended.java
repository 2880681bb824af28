package dev.automationengine.trigger.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param status its status
 * @param outputs what its last steps gave, by step; empty unless it was passed to the end
 * @param failedStep the step that failed it; null if none did
 */
record Ended(
        String status,
        Map<String, @Nullable Object> outputs,
        @Nullable String failedStep) {
    private static final String COMPLETED = "completed";

    /** Reads the dispatcher's document (docs/architecture.md, "The executions document"). */
    static Ended of(Document execution) {
        Document steps = execution.get("steps", new Document());
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        for (String step : execution.getList("last_steps", String.class, List.of())) {
            Document state = steps.get(step, new Document());
            if (COMPLETED.equals(state.getString("status"))) {
                outputs.put(step, state.get("output"));
            }
        }
        String failed = steps.entrySet().stream()
                .filter(step -> step.getValue() instanceof Document state && "failed".equals(state.getString("status")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        return new Ended(execution.getString("status"), outputs, failed);
    }
}
