package dev.automationengine.benchmarks.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow of as many steps as there may be: actions in a row, each reading the one before by path and by JSONata. */
final class LargeWorkflow {
    static final int STEPS = 500;

    private LargeWorkflow() {}

    static Map<String, Object> document() {
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(step(i));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", "large");
        document.put("trigger", Map.of("type", "WEBHOOK", "config", Map.of("path", "large")));
        document.put("steps", steps);
        return document;
    }

    static String id(int step) {
        return "step_" + step;
    }

    private static Map<String, Object> step(int i) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("id", id(i));
        step.put("type", "ACTION");
        step.put("action", "CRM_INSERT");
        if (i > 0) {
            step.put("depends_on", List.of(id(i - 1)));
        }
        String before = i == 0 ? "trigger.body" : "steps." + id(i - 1) + ".output";
        step.put(
                "config",
                Map.of(
                        "field_mapping",
                        Map.of(
                                "email", "{{ trigger.body.email }}",
                                "before", "{{ " + before + ".id }}",
                                "upper", "{{ $uppercase(" + before + ".id) }}")));
        step.put("run_if", Map.of("field", "body.email", "operator", "NOT_NULL"));
        return step;
    }
}
