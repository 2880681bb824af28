package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads on by the first of its branches whose condition holds, else by {@value #ELSE}; what depends on another
 * branch is skipped.
 *
 * @param frame what all steps have
 * @param branches in the order in which they are tried
 */
public record BranchStep(StepFrame frame, List<Branch> branches) implements Step {
    /** The way out if no condition holds. */
    public static final String ELSE = "else";

    /** Member of its output: the name of the branch that was taken. */
    public static final String OUTPUT = "branch";

    /** Copies the branches. */
    public BranchStep {
        branches = List.copyOf(branches);
    }

    @Override
    public List<String> ports() {
        return Stream.concat(branches.stream().map(Branch::name), Stream.of(ELSE))
                .toList();
    }

    /**
     * One way out.
     *
     * @param name its name
     * @param condition what must hold
     */
    public record Branch(String name, Condition condition) {}

    @Override
    public String type() {
        return BRANCH;
    }

    @Override
    public @Nullable String port(@Nullable Map<String, @Nullable Object> output) {
        return output != null && output.get(OUTPUT) instanceof String name ? name : null;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        Map<String, List<Reference>> reads = new LinkedHashMap<>();
        for (int i = 0; i < branches.size(); i++) {
            reads.put(
                    "/branches/" + i + "/condition", branches.get(i).condition().references());
        }
        return reads;
    }
}
