package dev.automationengine.dispatcher.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.automationengine.expressions.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What leads from one content to another.
 *
 * @param patch as a JSON Patch
 * @param steps as people read it: the steps that differ
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>
 */
record Difference(List<Operation> patch, List<StepDifference> steps) {
    /**
     * An operation of a JSON Patch.
     *
     * @param op add, remove or replace
     * @param path where
     * @param value what; absent for remove
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Operation(String op, String path, @Nullable Object value) {}

    /**
     * A step that differs.
     *
     * @param id the step
     * @param change added, removed or changed
     * @param members which of its members differ, for a changed one
     */
    record StepDifference(String id, String change, List<String> members) {}

    static Difference between(Content from, Content to) {
        List<Operation> patch = new ArrayList<>();
        compare("", from.document(), to.document(), patch);
        return new Difference(List.copyOf(patch), steps(from.steps(), to.steps()));
    }

    private static void compare(String path, @Nullable Object from, @Nullable Object to, List<Operation> into) {
        if (Objects.equals(from, to)) {
            return;
        }
        if (from instanceof Map<?, ?> before && to instanceof Map<?, ?> after) {
            Set<String> names = new LinkedHashSet<>();
            before.keySet().forEach(name -> names.add(String.valueOf(name)));
            after.keySet().forEach(name -> names.add(String.valueOf(name)));
            for (String name : names) {
                String at = Finding.child(path, name);
                if (!after.containsKey(name)) {
                    into.add(new Operation("remove", at, null));
                } else if (!before.containsKey(name)) {
                    into.add(new Operation("add", at, after.get(name)));
                } else {
                    compare(at, before.get(name), after.get(name), into);
                }
            }
        } else if (from instanceof List<?> before && to instanceof List<?> after) {
            compare(path, before, after, into);
        } else {
            into.add(new Operation("replace", path, to));
        }
    }

    private static void compare(String path, List<?> before, List<?> after, List<Operation> into) {
        int common = Math.min(before.size(), after.size());
        for (int i = 0; i < common; i++) {
            compare(Finding.child(path, i), before.get(i), after.get(i), into);
        }
        // From the end, because a removal moves what stands behind it.
        for (int i = before.size() - 1; i >= common; i--) {
            into.add(new Operation("remove", Finding.child(path, i), null));
        }
        for (int i = common; i < after.size(); i++) {
            into.add(new Operation("add", Finding.child(path, i), after.get(i)));
        }
    }

    private static List<StepDifference> steps(List<Object> from, List<Object> to) {
        Map<String, Map<?, ?>> before = byId(from);
        Map<String, Map<?, ?>> after = byId(to);
        List<StepDifference> differences = new ArrayList<>();
        before.forEach((id, step) -> {
            Map<?, ?> now = after.get(id);
            if (now == null) {
                differences.add(new StepDifference(id, "removed", List.of()));
            } else if (!now.equals(step)) {
                differences.add(new StepDifference(id, "changed", members(step, now)));
            }
        });
        after.keySet().stream()
                .filter(id -> !before.containsKey(id))
                .forEach(id -> differences.add(new StepDifference(id, "added", List.of())));
        return List.copyOf(differences);
    }

    private static List<String> members(Map<?, ?> before, Map<?, ?> after) {
        Set<String> names = new LinkedHashSet<>();
        before.keySet().forEach(name -> names.add(String.valueOf(name)));
        after.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .toList();
    }

    private static Map<String, Map<?, ?>> byId(List<Object> steps) {
        Map<String, Map<?, ?>> byId = new LinkedHashMap<>();
        steps.forEach(step -> {
            if (step instanceof Map<?, ?> members) {
                byId.put(String.valueOf(members.get("id")), members);
            }
        });
        return byId;
    }
}
