package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Path;
import dev.automationengine.expressions.Reference;
import dev.automationengine.model.id.StepId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what steps say about each other: their names, their order, what they read. */
final class StepGraph {
    private static final String STEPS = "steps";
    private static final Set<String> READABLE = Set.of("output", "error");

    private static final BitSet NONE = new BitSet();

    private final Map<String, Step> byPointer;
    private final Map<StepId, Step> byId = new LinkedHashMap<>();
    private final Map<StepId, List<StepId>> errorSources = new HashMap<>();
    private final List<StepId> ids = new ArrayList<>();
    private final Map<StepId, BitSet> directly = new HashMap<>();
    private final Set<String> roots;
    private final Findings findings;

    /**
     * For steps.
     *
     * @param roots what they may read beside {@code steps}
     */
    StepGraph(Map<String, Step> byPointer, Set<String> roots, Findings findings) {
        this.byPointer = byPointer;
        this.roots = roots;
        this.findings = findings;
    }

    void check() {
        byPointer.forEach((pointer, step) -> {
            if (byId.putIfAbsent(step.id(), step) != null) {
                findings.add(Finding.child(pointer, "id"), step.id() + " is taken by an earlier step: rename one");
            }
        });
        // Of those that share a name only the first counts.
        byId.forEach((id, step) -> {
            if (step.frame().onError() instanceof OnError.GoTo(StepId target)) {
                errorSources.computeIfAbsent(target, key -> new ArrayList<>()).add(id);
            }
        });
        number();
        Reachability reachability = new Reachability(byId, errorSources);
        byPointer.forEach((pointer, step) -> {
            StepId fork = reachability.fork(step.id());
            if (fork != null) {
                findings.add(
                        Finding.child(pointer, "depends_on"),
                        step.id() + " can never start: " + fork
                                + " is left by one way only, and what it depends on needs several."
                                + " Say \"join\": \"any\", or drop one");
            }
            checkNeeds(step, Finding.child(pointer, "depends_on"));
            checkErrorTarget(step, Finding.child(pointer, "on_error"));
            Set<StepId> before = before(step);
            if (before.contains(step.id())) {
                findings.add(Finding.child(pointer, "depends_on"), step.id() + " waits for itself: break the cycle");
            }
            step.reads().forEach((place, references) -> checkReferences(references, before, step, pointer + place));
        });
    }

    /** Checks what is read when all steps have ended. */
    void checkResult(List<Reference> references, String pointer) {
        checkReferences(references, byId.keySet(), null, pointer);
    }

    private void checkNeeds(Step step, String pointer) {
        for (Need need : step.frame().needs()) {
            Step needed = byId.get(need.step());
            String port = need.port();
            if (needed == null) {
                findings.add(pointer, "there is no step " + need.step());
            } else if (port != null && !needed.ports().contains(port)) {
                findings.add(pointer, need + " is no way out of " + need.step() + ": it has " + needed.ports());
            }
        }
    }

    private void checkErrorTarget(Step step, String pointer) {
        if (!(step.frame().onError() instanceof OnError.GoTo(StepId id))) {
            return;
        }
        Step target = byId.get(id);
        if (target == null) {
            findings.add(Finding.child(pointer, "go_to"), "there is no step " + id);
        } else if (!target.frame().needs().isEmpty()) {
            findings.add(
                    Finding.child(pointer, "go_to"),
                    id + " has depends_on of its own: what an error leads to starts for no other reason");
        }
    }

    /** All steps that have ended when this one starts, by whatever way it comes after them. */
    private Set<StepId> before(Step step) {
        BitSet before = new BitSet();
        BitSet open = (BitSet) directly.getOrDefault(step.id(), NONE).clone();
        for (int next = open.nextSetBit(0); next >= 0; next = open.nextSetBit(0)) {
            before.set(next);
            open.or(directly.getOrDefault(ids.get(next), NONE));
            open.andNot(before);
        }
        Set<StepId> steps = new LinkedHashSet<>();
        before.stream().forEach(number -> steps.add(ids.get(number)));
        return steps;
    }

    /** Steps are numbered, because the most entangled ones have a hundred thousand ways between them. */
    private void number() {
        ids.addAll(byId.keySet());
        Map<StepId, Integer> numbers = new HashMap<>();
        ids.forEach(id -> numbers.put(id, numbers.size()));
        byId.forEach((id, step) -> {
            BitSet before = new BitSet();
            Stream.concat(step.dependsOn().stream(), errorSources.getOrDefault(id, List.of()).stream())
                    .map(numbers::get)
                    .filter(Objects::nonNull)
                    .forEach(before::set);
            directly.put(id, before);
        });
    }

    private void checkReferences(List<Reference> references, Set<StepId> before, @Nullable Step step, String pointer) {
        for (Reference reference : references) {
            Path path = reference.path();
            String at = pointer + reference.pointer();
            if (path.root().equals(STEPS)) {
                checkStepReference(path, before, step, at);
            } else if (path.root().equals(WaitStep.LINKS)) {
                checkWaitReference(path, at);
            } else if (!roots.contains(path.root())) {
                findings.add(
                        at,
                        path + " reads nothing: a path starts with " + String.join(", ", new TreeSet<>(roots))
                                + " or steps");
            }
        }
    }

    private void checkWaitReference(Path path, String at) {
        String name = path.keyAt(1);
        List<String> links = byId.values().stream()
                .filter(step -> step.id().value().equals(name))
                .flatMap(step -> step instanceof WaitStep wait ? wait.linkNames().stream() : Stream.empty())
                .toList();
        if (!links.contains(String.valueOf(path.keyAt(2)))) {
            findings.add(
                    at, path + " reads nothing: " + (links.isEmpty() ? name + " has no links" : "it has " + links));
        }
    }

    private void checkStepReference(Path path, Set<StepId> before, @Nullable Step step, String at) {
        String name = path.keyAt(1);
        if (name == null || !READABLE.contains(String.valueOf(path.keyAt(2)))) {
            findings.add(
                    at, path + " reads nothing: what a step gave is steps.ID.output, why it failed steps.ID.error");
        } else if (byId.keySet().stream().noneMatch(id -> id.value().equals(name))) {
            findings.add(at, path + " reads nothing: there is no step " + name);
        } else if (step != null && before.stream().noneMatch(id -> id.value().equals(name))) {
            findings.add(at, step.id() + " may run before " + name + ": add " + name + " to its depends_on");
        }
    }
}
