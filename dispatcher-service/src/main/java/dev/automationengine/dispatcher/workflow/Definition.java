package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Template;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a version of a workflow says, checked and compiled. Immutable, shared by all executions of the version. */
public final class Definition {
    private final String name;
    private final Trigger trigger;
    private final List<Step> steps;
    private final @Nullable Template result;
    private final List<Step> order;
    private final boolean readsLinks;
    private final Map<StepId, Step> byId = new LinkedHashMap<>();
    private final Map<StepId, List<Step>> dependents = new LinkedHashMap<>();
    private final Map<StepId, List<StepId>> errorSources = new LinkedHashMap<>();

    /**
     * A definition.
     *
     * @param name what people call it
     * @param trigger what starts it
     * @param steps its steps in the order of the author; what they say about each other has no cycle
     */
    public Definition(String name, Trigger trigger, List<Step> steps) {
        this(name, trigger, steps, null);
    }

    /**
     * A definition.
     *
     * @param name what people call it
     * @param trigger what starts it
     * @param steps its steps in the order of the author; what they say about each other has no cycle
     * @param result what it gives to the step that started it; null: the outputs of its last steps by their names
     */
    Definition(String name, Trigger trigger, List<Step> steps, @Nullable Template result) {
        this.result = result;
        this.name = name;
        this.trigger = trigger;
        this.steps = List.copyOf(steps);
        steps.forEach(step -> byId.put(step.id(), step));
        for (Step step : steps) {
            if (step.frame().onError() instanceof OnError.GoTo(StepId target)) {
                errorSources.computeIfAbsent(target, key -> new ArrayList<>()).add(step.id());
            }
        }
        for (Step step : steps) {
            before(step)
                    .forEach(needed -> dependents
                            .computeIfAbsent(needed, key -> new ArrayList<>())
                            .add(step));
        }
        this.order = ordered();
        this.readsLinks = steps.stream()
                .flatMap(step -> step.reads().values().stream())
                .flatMap(List::stream)
                .anyMatch(reference -> reference.path().root().equals(WaitStep.LINKS));
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** What starts it. */
    public Trigger trigger() {
        return trigger;
    }

    /** Its steps in the order of the author. */
    public List<Step> steps() {
        return steps;
    }

    /** What it gives to the step that started it; null: the outputs of its last steps by their names. */
    public @Nullable Template result() {
        return result;
    }

    /**
     * The part that an execution follows.
     *
     * @param path names of FOR_EACH steps, from the outside in, with '/' between them; empty: all of it
     * @throws IllegalArgumentException if there is no such part
     */
    public Definition part(String path) {
        Definition part = this;
        for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
            if (!(part.step(new StepId(name)) instanceof ForEachStep each)) {
                throw new IllegalArgumentException("there is no FOR_EACH step " + path);
            }
            part = each.body();
        }
        return part;
    }

    /** Its steps, each after all that come before it. */
    public List<Step> order() {
        return order;
    }

    /** The step of that name; null if there is none. */
    public @Nullable Step step(StepId id) {
        return byId.get(id);
    }

    /** Whether any step reads a link of a step that waits: signing them costs time. */
    public boolean readsLinks() {
        return readsLinks;
    }

    /** The steps that may start because of this one, by their needs or its {@code on_error}, in the author's order. */
    public List<Step> dependents(StepId id) {
        return dependents.getOrDefault(id, List.of());
    }

    /** The steps that none starts after: what they give is what an execution gives. */
    public List<StepId> lastSteps() {
        return steps.stream()
                .map(Step::id)
                .filter(id -> dependents(id).isEmpty())
                .toList();
    }

    /** The steps whose failure starts this one; none: it is an ordinary step. */
    public List<StepId> errorSources(StepId id) {
        return errorSources.getOrDefault(id, List.of());
    }

    /** Whether a failure of the step fails the execution. */
    public boolean failsWith(StepId id) {
        Step step = byId.get(id);
        return step == null || step.frame().onError() instanceof OnError.Fail;
    }

    private List<StepId> before(Step step) {
        List<StepId> before = new ArrayList<>(step.dependsOn());
        before.addAll(errorSources(step.id()));
        return before;
    }

    private List<Step> ordered() {
        Map<StepId, Integer> open = new LinkedHashMap<>();
        List<Step> ready = new ArrayList<>();
        for (Step step : steps) {
            long known = before(step).stream().filter(byId::containsKey).count();
            open.put(step.id(), (int) known);
            if (known == 0) {
                ready.add(step);
            }
        }
        // The list grows while it is read.
        for (int i = 0; i < ready.size(); i++) {
            for (Step dependent : dependents(ready.get(i).id())) {
                if (Objects.requireNonNull(open.merge(dependent.id(), -1, Integer::sum)) == 0) {
                    ready.add(dependent);
                }
            }
        }
        return List.copyOf(ready);
    }
}
