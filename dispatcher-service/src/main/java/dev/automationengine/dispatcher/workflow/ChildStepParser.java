package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Finding;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps that start executions: FOR_EACH and SUB_WORKFLOW. */
final class ChildStepParser {
    private static final String TIMEOUT = "timeout";
    private static final Set<String> FOR_EACH_MEMBERS =
            Set.of("items", "with", "concurrency", "on_item_error", "steps", "collect", TIMEOUT);
    private static final Set<String> SUB_WORKFLOW_MEMBERS = Set.of("workflow_id", "input", "wait", TIMEOUT);
    private static final int MAX_CONCURRENCY = 50;
    private static final Trigger NONE = new Trigger(Step.FOR_EACH, Map.of(), null);

    private final Findings findings;
    private final StepListParser bodies;

    ChildStepParser(Findings findings, StepListParser bodies) {
        this.findings = findings;
        this.bodies = bodies;
    }

    @Nullable
    Step forEach(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, FOR_EACH_MEMBERS, pointer);
        Template items = items(members.get("items"), Finding.child(pointer, "items"));
        Template with = object(members.get("with"), Finding.child(pointer, "with"));
        int concurrency = concurrency(members.get("concurrency"), Finding.child(pointer, "concurrency"));
        Object onItemError = members.get("on_item_error");
        if (onItemError != null && !"fail".equals(onItemError) && !"continue".equals(onItemError)) {
            findings.add(Finding.child(pointer, "on_item_error"), "must be fail or continue");
        }
        Template collect = members.get("collect") == null
                ? null
                : findings.template(Finding.child(pointer, "collect"), members.get("collect"));
        Duration timeout = findings.wait(members, TIMEOUT, pointer);
        List<Step> steps = bodies.body(members.get("steps"), Finding.child(pointer, "steps"), collect, pointer);
        if (frame == null || items == null || with == null || steps.isEmpty()) {
            return null;
        }
        Definition body = new Definition(frame.id().value(), NONE, steps, collect);
        return new ForEachStep(frame, items, with, concurrency, "continue".equals(onItemError), timeout, body);
    }

    @Nullable
    Step subWorkflow(@Nullable StepFrame frame, Map<?, ?> members, String pointer) {
        findings.refuseUnknownInStep(members, SUB_WORKFLOW_MEMBERS, pointer);
        String form = "must be the id of a workflow: wf_...";
        WorkflowId workflow = findings.parsed(members, "workflow_id", pointer, WorkflowId::new, form);
        if (members.get("workflow_id") == null) {
            findings.add(Finding.child(pointer, "workflow_id"), form);
        }
        Template input = object(members.get("input"), Finding.child(pointer, "input"));
        Object wait = members.get("wait");
        if (wait != null && !(wait instanceof Boolean)) {
            findings.add(Finding.child(pointer, "wait"), "must be true or false");
        }
        Duration timeout = findings.wait(members, TIMEOUT, pointer);
        if (timeout != null && Boolean.FALSE.equals(wait)) {
            findings.add(Finding.child(pointer, TIMEOUT), "is for steps that wait: leave out \"wait\": false, or this");
        }
        return frame == null || workflow == null || input == null
                ? null
                : new SubWorkflowStep(frame, workflow, input, !Boolean.FALSE.equals(wait), timeout);
    }

    private @Nullable Template items(@Nullable Object json, String pointer) {
        if (!(json instanceof List<?>) && !(json instanceof String text && text.contains("{{"))) {
            findings.add(pointer, "must be a list, or {{ ... }} that gives one");
            return null;
        }
        return findings.template(pointer, json);
    }

    private @Nullable Template object(@Nullable Object json, String pointer) {
        if (json != null && !(json instanceof Map<?, ?>)) {
            findings.add(pointer, "must be an object");
            return null;
        }
        return findings.template(pointer, Objects.requireNonNullElse(json, Map.of()));
    }

    private int concurrency(@Nullable Object json, String pointer) {
        if (json == null) {
            return 1;
        }
        if (json instanceof Integer number && number >= 1 && number <= MAX_CONCURRENCY) {
            return number;
        }
        findings.add(pointer, "must be a number from 1 to " + MAX_CONCURRENCY);
        return 1;
    }
}
