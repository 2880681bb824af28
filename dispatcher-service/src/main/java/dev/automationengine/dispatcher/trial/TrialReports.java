package dev.automationengine.dispatcher.trial;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.Fan;
import dev.automationengine.dispatcher.execution.Readable;
import dev.automationengine.dispatcher.execution.StepState;
import dev.automationengine.dispatcher.trial.TrialReport.ChildReport;
import dev.automationengine.dispatcher.trial.TrialReport.StepReport;
import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.BranchStep;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.DelayStep;
import dev.automationengine.dispatcher.workflow.FilterStep;
import dev.automationengine.dispatcher.workflow.ForEachStep;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.StopStep;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.TransformStep;
import dev.automationengine.dispatcher.workflow.WaitStep;
import dev.automationengine.expressions.Reference;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.StepId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a run in memory did. Used once. */
final class TrialReports {
    /** The most executions of one step that are told of. */
    static final int MAX_CHILDREN = 20;

    private static final int MAX_FINDINGS = 200;
    private static final int MAX_DATA = 1024 * 1024;

    private final Rehearsed run;
    private final Mocks mocks;
    private final ActionCatalog actions;
    private final Shown shown = new Shown(MAX_DATA);
    private final Set<FieldError> findings = new LinkedHashSet<>();

    TrialReports(Rehearsed run, Mocks mocks, ActionCatalog actions) {
        this.run = run;
        this.mocks = mocks;
        this.actions = actions;
    }

    /** The steps of the whole run. */
    List<StepReport> steps() {
        return steps(run.rootRun(), "");
    }

    /** What an author should look at; asked for after {@link #steps}. */
    List<FieldError> findings() {
        return findings.stream().limit(MAX_FINDINGS).toList();
    }

    private List<StepReport> steps(Rehearsal.Run of, String pointer) {
        Definition definition = of.definition();
        Set<StepId> order = new LinkedHashSet<>(of.starts().keySet());
        definition.steps().forEach(step -> order.add(step.id()));
        List<StepReport> reports = new ArrayList<>();
        for (StepId id : order) {
            Step step = Objects.requireNonNull(definition.step(id));
            reports.add(
                    report(of, step, pointer + "/steps/" + definition.steps().indexOf(step)));
        }
        return reports;
    }

    private StepReport report(Rehearsal.Run of, Step step, String pointer) {
        Execution started = of.starts().get(step.id());
        StepState state = of.execution().step(step.id());
        Map<String, @Nullable Object> context = started == null ? Map.of() : Readable.context(started, started.steps());
        boolean ran = started != null && state.status() != StepStatus.OMITTED;
        if (ran) {
            lookInto(step, state, context, pointer);
        }
        Instant since = started == null ? null : started.updatedAt();
        Map<String, @Nullable Object> output = state.output();
        StepError error = state.failure();
        return new StepReport(
                step.id(),
                step.type(),
                step.actionName(),
                state.status(),
                since,
                state.finishedAt(),
                ran ? shown.value(Secrets.masked(input(step, state))) : null,
                started == null ? null : new Decisions(context, started.updatedAt(), shown).of(step, ran),
                step.port(output),
                ran ? mocks.source(step) : null,
                output == null ? null : shown.value(output),
                error,
                children(of, step, pointer));
    }

    private static @Nullable Object input(Step step, StepState state) {
        return switch (step) {
            case ActionStep action -> work(state);
            case DelayStep delay -> until(state);
            case ForEachStep each -> fan(state);
            case SubWorkflowStep sub -> fan(state);
            case WaitStep wait -> until(state);
            case FilterStep filter -> null;
            case BranchStep branch -> null;
            case TransformStep transform -> null;
            case StopStep stop -> null;
        };
    }

    private static @Nullable Object work(StepState state) {
        StepWork work = state.work();
        return work == null ? null : work.input();
    }

    private static @Nullable Object until(StepState state) {
        Instant end = state.status() == StepStatus.QUEUED ? state.nextAttemptAt() : state.finishedAt();
        return end == null ? null : Map.of("until", end);
    }

    private static @Nullable Object fan(StepState state) {
        Fan fan = state.fan();
        return fan == null ? null : fan.input();
    }

    /** What could not be filled in, and what the action will not take. */
    private void lookInto(Step step, StepState state, Map<String, @Nullable Object> context, String pointer) {
        step.reads().forEach((below, references) -> {
            if (!below.endsWith("/condition") && !below.equals("/run_if")) {
                references.forEach(each -> lookFor(each, context, pointer + below));
            }
        });
        if (step instanceof ActionStep action && state.work() != null) {
            actions.check(action.action(), Objects.requireNonNull(state.work()).input())
                    .forEach(each -> findings.add(
                            new FieldError(pointer + "/config" + each.pointer(), "filled in, it " + each.detail())));
        }
        StepError error = state.failure();
        if (error != null && mocks.source(step) != Mocks.Source.GIVEN) {
            findings.add(new FieldError(pointer, error.message()));
        }
    }

    private void lookFor(Reference reference, Map<String, @Nullable Object> context, String pointer) {
        // Links are made when a workflow really runs.
        boolean link = reference.path().root().equals("waits");
        if (!link && reference.path().resolve(context) == null) {
            findings.add(new FieldError(
                    pointer + reference.pointer(),
                    "there is nothing at " + reference.path() + ": it becomes null, or nothing inside a text"));
        }
    }

    private @Nullable List<ChildReport> children(Rehearsal.Run of, Step step, String pointer) {
        return switch (step) {
            case ForEachStep each -> childrenOf(of, step, pointer);
            case SubWorkflowStep sub -> childrenOf(of, step, pointer + "/workflow");
            case FilterStep filter -> null;
            case BranchStep branch -> null;
            case TransformStep transform -> null;
            case StopStep stop -> null;
            case ActionStep action -> null;
            case DelayStep delay -> null;
            case WaitStep wait -> null;
        };
    }

    private List<ChildReport> childrenOf(Rehearsal.Run of, Step step, String pointer) {
        return run.children(of.execution().id(), step.id()).stream()
                .limit(MAX_CHILDREN)
                .map(child -> new ChildReport(
                        Objects.requireNonNull(child.execution().parent()).index(),
                        child.execution().status(),
                        steps(child, pointer)))
                .toList();
    }
}
