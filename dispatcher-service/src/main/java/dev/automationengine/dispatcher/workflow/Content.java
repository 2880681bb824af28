package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an author wrote, once it has been checked.
 *
 * @param name what people call it
 * @param description what it is for; null if nothing was said
 * @param labels what it can be found by
 * @param trigger what starts it, as written
 * @param steps its steps, as written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Content(
        String name,
        @Nullable String description,
        Map<String, String> labels,
        Map<String, @Nullable Object> trigger,
        List<Object> steps) {
    /** Reads a document that {@link WorkflowParser} has accepted. */
    static Content of(Map<String, ? extends @Nullable Object> accepted) {
        Map<String, @Nullable Object> trigger = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(accepted.get("trigger")))
                .forEach((name, value) -> trigger.put(String.valueOf(name), value));
        Map<String, String> labels = new LinkedHashMap<>();
        if (accepted.get("labels") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        }
        List<?> steps = (List<?>) Objects.requireNonNull(accepted.get("steps"));
        return new Content(
                String.valueOf(accepted.get("name")),
                (String) accepted.get("description"),
                Collections.unmodifiableMap(labels),
                trigger,
                List.copyOf(steps));
    }

    /** As a document that the parser reads. */
    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", name);
        if (description != null) {
            document.put("description", description);
        }
        if (!labels.isEmpty()) {
            document.put("labels", labels);
        }
        document.put("trigger", trigger);
        document.put("steps", steps);
        return document;
    }
}
