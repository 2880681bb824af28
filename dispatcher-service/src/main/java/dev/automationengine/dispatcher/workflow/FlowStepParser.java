package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.workflow.BranchStep.Branch;
import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.id.StepId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps that the dispatcher decides itself: FILTER, BRANCH, TRANSFORM, STOP. */
final class FlowStepParser {
    private static final int MAX_BRANCHES = 50;

    private final Findings findings;

    FlowStepParser(Findings findings) {
        this.findings = findings;
    }

    @Nullable
    Step filter(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of("condition"), pointer);
        Condition condition = findings.condition(Finding.child(pointer, "condition"), members.get("condition"));
        return frame == null || condition == null ? null : new FilterStep(frame, condition);
    }

    @Nullable
    Step branch(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of("branches"), pointer);
        String at = Finding.child(pointer, "branches");
        if (!(members.get("branches") instanceof List<?> list) || list.isEmpty() || list.size() > MAX_BRANCHES) {
            findings.add(at, "a list of 1 to " + MAX_BRANCHES + " branches is needed: {\"name\", \"condition\"}");
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Branch branch = branch(list.get(i), Finding.child(at, i));
            if (branch != null && !names.add(branch.name())) {
                findings.add(Finding.child(Finding.child(at, i), "name"), "is taken by an earlier branch: rename one");
            }
            if (branch != null) {
                branches.add(branch);
            }
        }
        return frame == null || branches.size() < list.size() ? null : new BranchStep(frame, branches);
    }

    private @Nullable Branch branch(@Nullable Object json, String pointer) {
        Map<?, ?> members = findings.object(json, pointer, "must be an object with name and condition");
        findings.refuseUnknown(members, Set.of("name", "condition"), pointer);
        String form = "must be a name like that of a step, and not " + BranchStep.ELSE;
        StepId name = findings.parsed(members, "name", pointer, StepId::new, form);
        Condition condition = findings.condition(Finding.child(pointer, "condition"), members.get("condition"));
        if (members.get("name") == null || (name != null && name.value().equals(BranchStep.ELSE))) {
            findings.add(Finding.child(pointer, "name"), form);
            return null;
        }
        return name == null || condition == null ? null : new Branch(name.value(), condition);
    }

    @Nullable
    Step transform(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of("output"), pointer);
        if (!(members.get("output") instanceof Map<?, ?>)) {
            findings.add(Finding.child(pointer, "output"), "must be an object: what later steps read");
            return null;
        }
        Template output = findings.template(Finding.child(pointer, "output"), members.get("output"));
        return frame == null || output == null ? null : new TransformStep(frame, output);
    }

    @Nullable
    Step stop(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, Set.of("status", "message"), pointer);
        Object status = members.get("status");
        if (status != null && !"completed".equals(status) && !"failed".equals(status)) {
            findings.add(Finding.child(pointer, "status"), "must be completed or failed");
        }
        Object text = members.get("message");
        if (text != null && !(text instanceof String)) {
            findings.add(Finding.child(pointer, "message"), "must be a text");
        }
        Template message = text == null ? null : findings.template(Finding.child(pointer, "message"), text);
        if (frame != null && !(frame.onError() instanceof OnError.Fail)) {
            findings.add(Finding.child(pointer, "on_error"), "a step that ends the execution has none: take it away");
        }
        return frame == null || (text != null && message == null)
                ? null
                : new StopStep(frame, "failed".equals(status), message);
    }
}
