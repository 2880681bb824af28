package dev.automationengine.dispatcher.workflow;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.expressions.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single steps of a definition: what all have, then what the type has. */
final class StepParser {
    /** The types of steps. */
    static final List<String> TYPES = List.of(
            Step.FILTER,
            Step.BRANCH,
            Step.TRANSFORM,
            Step.STOP,
            Step.ACTION,
            Step.DELAY,
            Step.FOR_EACH,
            Step.SUB_WORKFLOW,
            Step.WAIT_FOR_EVENT,
            Step.APPROVAL);

    private final StepFrameParser frames;
    private final FlowStepParser flow;
    private final ActionStepParser actionSteps;
    private final DelayStepParser delays;
    private final ChildStepParser children;
    private final WaitStepParser waits;
    private final Findings findings;

    StepParser(ActionCatalog actions, WaitLinks links, Findings findings, ChildStepParser children) {
        this.frames = new StepFrameParser(findings);
        this.flow = new FlowStepParser(findings);
        this.actionSteps = new ActionStepParser(actions, findings);
        this.delays = new DelayStepParser(findings);
        this.children = children;
        this.waits = new WaitStepParser(links, findings);
        this.findings = findings;
    }

    /** The step; null if something in it is wrong. */
    @Nullable
    Step parse(@Nullable Object json, String pointer) {
        if (!(json instanceof Map<?, ?> members) || members.isEmpty()) {
            findings.add(pointer, "a step is an object with id and type");
            return null;
        }
        StepFrame frame = frames.parse(members, pointer);
        return switch (String.valueOf(members.get("type"))) {
            case Step.FILTER -> flow.filter(frame, members, pointer);
            case Step.BRANCH -> flow.branch(frame, members, pointer);
            case Step.TRANSFORM -> flow.transform(frame, members, pointer);
            case Step.STOP -> flow.stop(frame, members, pointer);
            case Step.ACTION -> actionSteps.parse(frame, members, pointer);
            case Step.DELAY -> delays.parse(frame, members, pointer);
            case Step.FOR_EACH -> children.forEach(frame, members, pointer);
            case Step.SUB_WORKFLOW -> children.subWorkflow(frame, members, pointer);
            case Step.WAIT_FOR_EVENT -> waits.event(frame, members, pointer);
            case Step.APPROVAL -> waits.approval(frame, members, pointer);
            default -> {
                findings.add(Finding.child(pointer, "type"), "must be one of " + TYPES);
                yield null;
            }
        };
    }
}
