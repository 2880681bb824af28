package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds steps that can never start, because they need that another step is left by two ways at once. It knows of each
 * step by which ways others must have been left before; it never takes a step that can start for one that cannot.
 */
final class Reachability {
    /** No name of a port looks like this. */
    private static final String FAILED = "!failed";

    private static final String PASSED = "!passed";

    private final Map<StepId, Step> steps;
    private final Map<StepId, List<StepId>> errorSources;
    private final Map<StepId, Optional<Ways>> known = new HashMap<>();
    private final Set<StepId> open = new HashSet<>();
    private final Map<StepId, StepId> forks = new LinkedHashMap<>();

    /**
     * Looks at steps.
     *
     * @param errorSources the steps whose failure starts a step
     */
    Reachability(Map<StepId, Step> steps, Map<StepId, List<StepId>> errorSources) {
        this.steps = steps;
        this.errorSources = errorSources;
        steps.values().forEach(this::of);
    }

    /** The step that would have to be left by two ways before this one starts; null if this one can start. */
    @Nullable
    StepId fork(StepId step) {
        return forks.get(step);
    }

    /** By which ways others must have been left; empty if the step can never start. */
    private Optional<Ways> of(Step step) {
        Optional<Ways> found = known.get(step.id());
        if (found != null) {
            return found;
        }
        // A cycle is told by others.
        if (!open.add(step.id())) {
            return Optional.of(Ways.ANY);
        }
        List<Optional<Ways>> each = new ArrayList<>();
        for (Need need : step.frame().needs()) {
            Step needed = steps.get(need.step());
            each.add(needed == null ? Optional.of(Ways.ANY) : through(needed, left(needed, need)));
        }
        Optional<Ways> ways =
                step.frame().join() == Join.ALL ? all(step, each) : each.isEmpty() ? Optional.of(Ways.ANY) : any(each);
        List<Optional<Ways>> failures = errorSources.getOrDefault(step.id(), List.of()).stream()
                .map(source -> through(Objects.requireNonNull(steps.get(source)), Set.of(FAILED)))
                .toList();
        if (!failures.isEmpty()) {
            ways = any(failures);
        }
        known.put(step.id(), ways);
        return ways;
    }

    private Optional<Ways> through(Step needed, @Nullable Set<String> left) {
        return of(needed).map(before -> left == null ? before : before.with(needed.id(), left));
    }

    /** The ways by which a need lets another step be left; null: it does not matter. */
    private static @Nullable Set<String> left(Step needed, Need need) {
        if (need.port() != null) {
            return Set.of(need.port());
        }
        if (!(needed.frame().onError() instanceof OnError.GoTo)) {
            return null;
        }
        Set<String> passed = new HashSet<>(needed.ports());
        passed.add(PASSED);
        return passed;
    }

    private Optional<Ways> all(Step step, List<Optional<Ways>> each) {
        Map<StepId, Set<String>> together = new HashMap<>();
        for (Optional<Ways> ways : each) {
            if (ways.isEmpty()) {
                return ways;
            }
            for (Map.Entry<StepId, Set<String>> way : ways.get().left().entrySet()) {
                Set<String> known = together.putIfAbsent(way.getKey(), way.getValue());
                // Mostly it is the same way that several needs come by.
                if (known == null || known.equals(way.getValue())) {
                    continue;
                }
                Set<String> both = new HashSet<>(known);
                both.retainAll(way.getValue());
                if (both.isEmpty()) {
                    forks.put(step.id(), way.getKey());
                    return Optional.empty();
                }
                together.put(way.getKey(), both);
            }
        }
        return Optional.of(new Ways(together));
    }

    private static Optional<Ways> any(List<Optional<Ways>> each) {
        List<Ways> possible = each.stream().flatMap(Optional::stream).toList();
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        Map<StepId, Set<String>> either = new HashMap<>();
        possible.getFirst().left().forEach((step, ports) -> {
            if (possible.stream().allMatch(ways -> ways.left().containsKey(step))) {
                Set<String> union = new HashSet<>();
                possible.forEach(
                        ways -> union.addAll(Objects.requireNonNull(ways.left().get(step))));
                either.put(step, union);
            }
        });
        return Optional.of(new Ways(either));
    }

    /**
     * By which ways steps must have been left.
     *
     * @param left the ways by step, each of which is enough; a step that is not named may have been left by any, or not
     *     at all
     */
    private record Ways(Map<StepId, Set<String>> left) {
        static final Ways ANY = new Ways(Map.of());

        Ways with(StepId step, Set<String> ports) {
            Map<StepId, Set<String>> more = new HashMap<>(left);
            more.put(step, ports);
            return new Ways(more);
        }
    }
}
