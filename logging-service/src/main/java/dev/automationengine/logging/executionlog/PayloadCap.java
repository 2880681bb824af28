package dev.automationengine.logging.executionlog;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Replaces payloads that are too large to be kept by a mark that tells their size. */
@Component
class PayloadCap {
    private final long maxBytes;
    private final JsonMapper json;

    PayloadCap(ExecutionLogProperties properties, JsonMapper json) {
        this.maxBytes = properties.maxPayload().toBytes();
        this.json = json;
    }

    /**
     * Caps the trigger, and the input and output of each step.
     *
     * @param log as it is to be stored; changed in place
     * @param size bytes of the snapshot that it was made of
     */
    void apply(Document log, int size) {
        // A part is not larger than the whole, so nearly all need no measuring.
        if (size <= maxBytes) {
            return;
        }
        cap(log, "trigger");
        if (log.get("steps") instanceof List<?> steps) {
            steps.forEach(step -> {
                cap(step, "input");
                cap(step, "output");
            });
        }
    }

    private void cap(Object holder, String member) {
        if (holder instanceof Map<?, ?> map && map.get(member) instanceof Map<?, ?> payload) {
            int bytes = json.writeValueAsBytes(payload).length;
            if (bytes > maxBytes) {
                @SuppressWarnings("unchecked")
                Map<String, Object> writable = (Map<String, Object>) map;
                writable.put(member, Map.of("truncated", true, "bytes", bytes));
            }
        }
    }
}
