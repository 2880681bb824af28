package dev.automationengine.dispatcher.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an author sent, once it has been checked. */
record Draft(String name, @Nullable Boolean isActive, Map<String, @Nullable Object> trigger, List<Object> steps) {
    /** Reads a document that {@link WorkflowParser} has accepted. */
    static Draft of(Map<String, ? extends @Nullable Object> accepted) {
        Map<String, @Nullable Object> trigger = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(accepted.get("trigger")))
                .forEach((name, value) -> trigger.put(String.valueOf(name), value));
        return new Draft(
                String.valueOf(accepted.get("name")), (Boolean) accepted.get("is_active"), trigger, List.copyOf((List<
                                ?>)
                        Objects.requireNonNull(accepted.get("steps"))));
    }

    boolean active(boolean otherwise) {
        return isActive == null ? otherwise : isActive;
    }
}
