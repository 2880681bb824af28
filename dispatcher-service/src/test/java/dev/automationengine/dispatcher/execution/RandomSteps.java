package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.BranchStep;
import dev.automationengine.dispatcher.workflow.DelayStep;
import dev.automationengine.dispatcher.workflow.FilterStep;
import dev.automationengine.dispatcher.workflow.Join;
import dev.automationengine.dispatcher.workflow.Need;
import dev.automationengine.dispatcher.workflow.OnError;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.StepFrame;
import dev.automationengine.dispatcher.workflow.TransformStep;
import dev.automationengine.dispatcher.workflow.Wait;
import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Steps of every kind whose end does not depend on the order of reports, linked by chance and without a cycle. */
final class RandomSteps {
    private static final Condition NO = Condition.parse(Map.of("field", "yes", "operator", "IS_NULL"));
    private static final Condition YES = Condition.parse(Map.of("field", "yes", "operator", "NOT_NULL"));

    private final Random random;
    private final List<Step> steps = new ArrayList<>();

    RandomSteps(Random random) {
        this.random = random;
    }

    List<Step> make(int size) {
        for (int i = 0; i < size; i++) {
            StepFrame frame = frame(new StepId("s" + i));
            steps.add(step(frame));
            if (frame.onError() instanceof OnError.GoTo(StepId target)) {
                steps.add(action(StepFrame.after(target, List.of())));
            }
        }
        return List.copyOf(steps);
    }

    private StepFrame frame(StepId id) {
        List<Need> needs = new ArrayList<>();
        for (Step earlier : steps) {
            if (random.nextInt(3) == 0) {
                List<String> ports = earlier.ports();
                String port = ports.isEmpty() || random.nextBoolean() ? null : ports.get(random.nextInt(ports.size()));
                needs.add(new Need(earlier.id(), port));
            }
        }
        OnError onError = switch (random.nextInt(6)) {
            case 0 -> new OnError.Continue();
            case 1 -> new OnError.GoTo(new StepId("e" + id));
            default -> new OnError.Fail();
        };
        Condition runIf = random.nextInt(5) > 0 ? null : random.nextBoolean() ? YES : NO;
        return new StepFrame(id, needs, random.nextInt(4) == 0 ? Join.ANY : Join.ALL, runIf, onError);
    }

    private Step step(StepFrame frame) {
        return switch (random.nextInt(9)) {
            case 0 -> new FilterStep(frame, NO);
            case 1 -> new FilterStep(frame, YES);
            case 2 -> new BranchStep(frame, List.of(new BranchStep.Branch("a", NO), new BranchStep.Branch("b", YES)));
            case 3 -> new TransformStep(frame, Template.compile(Map.of("x", "{{ trigger.yes }}")));
            case 4 -> new DelayStep(frame, new Wait.For(Duration.ofSeconds(1)));
            default -> action(frame);
        };
    }

    private static Step action(StepFrame frame) {
        return new ActionStep(
                frame,
                "CRM_INSERT",
                Template.compile(Map.of("x", "{{ trigger.yes }}")),
                null,
                RetryPolicy.DEFAULT,
                Duration.ofSeconds(1),
                OnUnknown.HOLD);
    }
}
