package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.StepId;
import java.util.ArrayList;
import java.util.BitSet;
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
 * Finds steps that can never start, because they need that another step is left by two ways at once. Every way out of every
 * step is a bit; of each step it is known which ways cannot have been taken before it starts. A step of which no way is
 * left is the reason. A step that can start is never taken for one that cannot.
 */
final class Reachability {
    private final Map<StepId, Step> steps;
    private final Map<StepId, List<StepId>> errorSources;
    private final Map<StepId, Ways> ways = new LinkedHashMap<>();
    private final Map<StepId, Optional<BitSet>> excluded = new HashMap<>();
    private final Set<StepId> open = new HashSet<>();
    private final Map<StepId, StepId> forks = new HashMap<>();

    /**
     * The ways out of a step as bits.
     *
     * @param first the bit of having passed it by no way of its own
     * @param ports its named ways, from the next bit on; the last bit is its failure
     */
    private record Ways(int first, List<String> ports) {
        int failed() {
            return first + ports.size() + 1;
        }

        int end() {
            return failed() + 1;
        }
    }

    /**
     * Looks at steps.
     *
     * @param errorSources the steps whose failure starts a step
     */
    Reachability(Map<StepId, Step> steps, Map<StepId, List<StepId>> errorSources) {
        this.steps = steps;
        this.errorSources = errorSources;
        int next = 0;
        for (Step step : steps.values()) {
            if (!step.ports().isEmpty() || leads(step)) {
                Ways out = new Ways(next, step.ports());
                ways.put(step.id(), out);
                next = out.end();
            }
        }
        steps.values().forEach(this::before);
    }

    /** The step that would have to be left by two ways before this one starts; null if this one can start. */
    @Nullable
    StepId fork(StepId step) {
        return forks.get(step);
    }

    /** The ways that cannot have been taken; empty if the step can never start. */
    private Optional<BitSet> before(Step step) {
        Optional<BitSet> known = excluded.get(step.id());
        if (known != null) {
            return known;
        }
        // A cycle is told by others.
        if (!open.add(step.id())) {
            return Optional.of(new BitSet());
        }
        List<Optional<BitSet>> each = new ArrayList<>();
        List<StepId> failures = errorSources.getOrDefault(step.id(), List.of());
        failures.forEach(source -> each.add(failing(Objects.requireNonNull(steps.get(source)))));
        if (failures.isEmpty()) {
            step.frame().needs().forEach(need -> each.add(passing(need)));
        }
        boolean all = failures.isEmpty() && step.frame().join() == Join.ALL;
        Optional<BitSet> found = each.isEmpty() ? Optional.of(new BitSet()) : all ? all(step, each) : any(each);
        excluded.put(step.id(), found);
        return found;
    }

    private Optional<BitSet> failing(Step source) {
        Ways out = Objects.requireNonNull(ways.get(source.id()));
        return but(before(source), out.first(), out.failed());
    }

    private Optional<BitSet> passing(Need need) {
        Step needed = steps.get(need.step());
        if (needed == null) {
            return Optional.of(new BitSet());
        }
        Optional<BitSet> before = before(needed);
        Ways out = ways.get(needed.id());
        if (out == null) {
            return before;
        }
        int port = need.port() == null ? -1 : out.ports().indexOf(need.port());
        if (port < 0) {
            // What goes on after a failure does so in its own way.
            return leads(needed) ? but(before, out.failed(), out.end()) : before;
        }
        int bit = out.first() + 1 + port;
        return but(but(before, out.first(), bit), bit + 1, out.end());
    }

    private static Optional<BitSet> but(Optional<BitSet> before, int from, int to) {
        return before.map(bits -> {
            BitSet more = (BitSet) bits.clone();
            more.set(from, to);
            return more;
        });
    }

    private Optional<BitSet> all(Step step, List<Optional<BitSet>> each) {
        BitSet together = new BitSet();
        for (Optional<BitSet> bits : each) {
            if (bits.isEmpty()) {
                return bits;
            }
            together.or(bits.get());
        }
        for (Map.Entry<StepId, Ways> out : ways.entrySet()) {
            if (together.nextClearBit(out.getValue().first()) >= out.getValue().end()) {
                forks.put(step.id(), out.getKey());
                return Optional.empty();
            }
        }
        return Optional.of(together);
    }

    private static Optional<BitSet> any(List<Optional<BitSet>> each) {
        return each.stream().flatMap(Optional::stream).reduce((a, b) -> {
            BitSet both = (BitSet) a.clone();
            both.and(b);
            return both;
        });
    }

    private static boolean leads(Step step) {
        return step.frame().onError() instanceof OnError.GoTo;
    }
}
