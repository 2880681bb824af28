package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.trial.TrialReport.Decided;
import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.BranchStep;
import dev.automationengine.dispatcher.workflow.DelayStep;
import dev.automationengine.dispatcher.workflow.FilterStep;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.StopStep;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.TransformStep;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.EvaluationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells again what was decided about a step, with the values that were compared.
 *
 * @param context what the step read
 * @param now when it started
 * @param shown what there is room for
 */
record Decisions(Map<String, @Nullable Object> context, Instant now, Shown shown) {
    /**
     * The conditions that were decided on, in order; one that could not be evaluated ends them, and is the step's error.
     *
     * @param ran whether the step itself ran; else only its {@code run_if} was looked at
     */
    List<Decided> of(Step step, boolean ran) {
        List<Decided> decisions = new ArrayList<>();
        try {
            Condition runIf = step.frame().runIf();
            if (runIf != null) {
                decisions.add(decided("run_if", runIf));
            }
            if (ran) {
                ofItself(step, decisions);
            }
        } catch (EvaluationException e) {
            return decisions;
        }
        return decisions;
    }

    private void ofItself(Step step, List<Decided> decisions) {
        switch (step) {
            case FilterStep filter -> decisions.add(decided("condition", filter.condition()));
            case BranchStep branch -> {
                for (BranchStep.Branch each : branch.branches()) {
                    Decided decided = decided("branches/" + each.name(), each.condition());
                    decisions.add(decided);
                    if (decided.held()) {
                        break;
                    }
                }
            }
            case ActionStep action -> {}
            case DelayStep delay -> {}
            case TransformStep transform -> {}
            case StopStep stop -> {}
            case ForEachStep each -> {}
            case SubWorkflowStep sub -> {}
            case WaitStep wait -> {}
        }
    }

    private Decided decided(String at, Condition condition) {
        Judgement judgement = Judgement.of(condition, context, now, shown);
        return new Decided(at, judgement.held(), judgement);
    }
}
