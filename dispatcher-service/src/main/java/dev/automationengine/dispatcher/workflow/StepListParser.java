package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads lists of steps, those of the workflow and those within steps, and what they say about each other. */
final class StepListParser {
    private static final Set<String> ROOTS = Set.of("trigger");
    private static final Set<String> BODY_ROOTS = Set.of("item", "index", "with");
    private static final int MAX_DEPTH = 3;

    private final Findings findings;
    private final StepParser parser;
    private int left = WorkflowParser.MAX_STEPS;
    private int depth;

    StepListParser(ActionCatalog actions, WaitLinks links, Findings findings) {
        this.findings = findings;
        this.parser = new StepParser(actions, links, findings, new ChildStepParser(findings, this));
    }

    /** The steps of a workflow. */
    List<Step> workflow(@Nullable Object json, String pointer) {
        return steps(json, pointer, ROOTS, null, "");
    }

    /**
     * The steps of a step, which see the item and not the trigger; empty if something in them is wrong.
     *
     * @param result what the body gives, read like a step that comes after all others; null: nothing of its own
     * @param owner where the step that has them stands
     */
    List<Step> body(@Nullable Object json, String pointer, @Nullable Template result, String owner) {
        if (depth == MAX_DEPTH) {
            findings.add(pointer, "steps within steps go " + MAX_DEPTH + " deep at most: use a SUB_WORKFLOW");
            return List.of();
        }
        depth++;
        try {
            return steps(json, pointer, BODY_ROOTS, result, Finding.child(owner, "collect"));
        } finally {
            depth--;
        }
    }

    private List<Step> steps(
            @Nullable Object json, String pointer, Set<String> roots, @Nullable Template result, String resultPointer) {
        if (!(json instanceof List<?> list) || list.isEmpty()) {
            findings.add(pointer, "a list of 1 to " + WorkflowParser.MAX_STEPS + " steps is needed");
            return List.of();
        }
        left -= list.size();
        if (left < 0) {
            findings.add(
                    pointer, "a workflow has at most " + WorkflowParser.MAX_STEPS + " steps, counting all of them");
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        Map<String, Step> byPointer = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String at = Finding.child(pointer, i);
            Step step = parser.parse(list.get(i), at);
            if (step != null) {
                steps.add(step);
                byPointer.put(at, step);
            }
        }
        // A step that could not be read would make those that depend on it look wrong.
        if (steps.size() < list.size()) {
            return List.of();
        }
        StepGraph graph = new StepGraph(byPointer, roots, findings);
        graph.check();
        if (result != null) {
            graph.checkResult(result.references(), resultPointer);
        }
        return steps;
    }
}
