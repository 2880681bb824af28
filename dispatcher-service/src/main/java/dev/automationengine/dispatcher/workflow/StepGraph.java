package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.workflow.Step.ActionStep;
import dev.automationengine.dispatcher.workflow.Step.DelayStep;
import dev.automationengine.dispatcher.workflow.Step.FilterStep;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Path;
import dev.automationengine.expressions.Reference;
import dev.automationengine.model.id.StepId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what steps say about each other: their names, their order, what they read. */
final class StepGraph {
    private static final String TRIGGER = "trigger";
    private static final String STEPS = "steps";

    private final Map<String, Step> byPointer;
    private final Map<StepId, Step> byId = new HashMap<>();
    private final Findings findings;

    StepGraph(Map<String, Step> byPointer, Findings findings) {
        this.byPointer = byPointer;
        this.findings = findings;
    }

    void check() {
        byPointer.forEach((pointer, step) -> {
            if (byId.putIfAbsent(step.id(), step) != null) {
                findings.add(Finding.child(pointer, "id"), step.id() + " is taken by an earlier step: rename one");
            }
        });
        byPointer.forEach((pointer, step) -> {
            checkDependencies(step, Finding.child(pointer, "depends_on"));
            Set<StepId> before = before(step);
            switch (step) {
                case FilterStep filter ->
                    checkReferences(filter.condition().references(), before, step, Finding.child(pointer, "condition"));
                case ActionStep action ->
                    checkReferences(action.config().references(), before, step, Finding.child(pointer, "config"));
                case DelayStep delay -> {}
            }
        });
    }

    private void checkDependencies(Step step, String pointer) {
        for (StepId needed : step.dependsOn()) {
            if (!byId.containsKey(needed)) {
                findings.add(pointer, "there is no step " + needed);
            }
        }
        if (before(step).contains(step.id())) {
            findings.add(pointer, step.id() + " waits for itself: break the cycle");
        }
    }

    /** All steps that have ended when this one starts, by whatever way it depends on them. */
    private Set<StepId> before(Step step) {
        Set<StepId> before = new LinkedHashSet<>();
        Deque<StepId> open = new ArrayDeque<>(step.dependsOn());
        while (!open.isEmpty()) {
            StepId next = open.pop();
            Step needed = byId.get(next);
            if (before.add(next) && needed != null) {
                open.addAll(needed.dependsOn());
            }
        }
        return before;
    }

    private void checkReferences(List<Reference> references, Set<StepId> before, Step step, String pointer) {
        for (Reference reference : references) {
            Path path = reference.path();
            String at = pointer + reference.pointer();
            switch (path.root()) {
                case TRIGGER -> {}
                case STEPS -> checkStepReference(path, before, step, at);
                default -> findings.add(at, path + " reads nothing: a path starts with trigger or steps");
            }
        }
    }

    private void checkStepReference(Path path, Set<StepId> before, Step step, String at) {
        String name = path.keyAt(1);
        if (name == null || !"output".equals(path.keyAt(2))) {
            findings.add(at, path + " reads nothing: what a step gave is steps.ID.output");
        } else if (byId.keySet().stream().noneMatch(id -> id.value().equals(name))) {
            findings.add(at, path + " reads nothing: there is no step " + name);
        } else if (before.stream().noneMatch(id -> id.value().equals(name))) {
            findings.add(at, step.id() + " may run before " + name + ": add " + name + " to its depends_on");
        }
    }
}
