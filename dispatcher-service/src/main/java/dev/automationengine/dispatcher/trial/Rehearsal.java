package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.execution.Advance;
import dev.automationengine.dispatcher.execution.Advanced;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.Decision;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.Offspring;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run in memory: the decisions are those of {@link Advance}, workers are replaced by {@link Mocks}, and time jumps to
 * whatever is due next. It stores, queues and publishes nothing. Used once.
 */
final class Rehearsal {
    /** The most reports that are taken in. */
    static final int MAX_REPORTS = 2_000;

    /** How long it may take. */
    static final Duration MAX_TIME = Duration.ofSeconds(5);

    private final WorkflowVersion version;
    private final Function<SubWorkflowStep, @Nullable WorkflowVersion> newest;
    private final Function<Execution, Mocks> mocks;
    private final long deadline;
    private final Map<ExecutionId, Run> runs = new LinkedHashMap<>();
    private final Deque<StepEvent> told = new ArrayDeque<>();
    private final PriorityQueue<Task> agenda =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::number));
    private Instant now;
    private int numbered;

    /**
     * A run that has not begun.
     *
     * @param version what it follows
     * @param newest finds the version of a workflow that a SUB_WORKFLOW runs; null if there is none
     * @param mocks what answers in the place of workers, for an execution
     * @param now when it begins
     */
    Rehearsal(
            WorkflowVersion version,
            Function<SubWorkflowStep, @Nullable WorkflowVersion> newest,
            Function<Execution, Mocks> mocks,
            Instant now) {
        this.version = version;
        // The same for the whole run, and looked up once.
        Map<WorkflowId, Optional<WorkflowVersion>> known = new HashMap<>();
        this.newest = sub -> known.computeIfAbsent(sub.workflowId(), id -> Optional.ofNullable(newest.apply(sub)))
                .orElse(null);
        this.mocks = mocks;
        this.now = now;
        this.deadline = System.nanoTime() + MAX_TIME.toNanos();
    }

    /** Runs to the end, or to a limit. */
    Rehearsed run(AutomationEvent event) {
        Execution pending = Execution.pending(event, version, now, null);
        begin(pending, version, Advance.start(pending, version.definition(), now));
        Rehearsed.Stop stop = null;
        int reports = 0;
        StepEvent next = next();
        while (next != null && stop == null) {
            take(next);
            stop = ++reports >= MAX_REPORTS
                    ? Rehearsed.Stop.STEPS
                    : System.nanoTime() > deadline ? Rehearsed.Stop.TIME : null;
            next = next();
        }
        return new Rehearsed(pending.id(), runs, now, next == null ? null : stop);
    }

    private void begin(Execution pending, WorkflowVersion follows, Advanced advanced) {
        runs.put(pending.id(), new Run(follows, pending.follows(follows), pending));
        settle(pending, advanced);
    }

    /** What ended executions tell their parents comes first, then whatever is due. */
    private @Nullable StepEvent next() {
        if (!told.isEmpty()) {
            return told.poll();
        }
        for (Task task = agenda.poll(); task != null; task = agenda.poll()) {
            Run run = Objects.requireNonNull(runs.get(task.job().execution()));
            StepId id = task.job().step();
            // A job of what has ended meanwhile is dropped, as workers do.
            if (run.execution().step(id).status() == StepStatus.QUEUED) {
                now = task.at().isAfter(now) ? task.at() : now;
                Step step = Objects.requireNonNull(run.definition().step(id));
                return mocks.apply(run.execution()).report(run.execution(), step, task.job(), now);
            }
        }
        return null;
    }

    private void take(StepEvent event) {
        JobId job = Objects.requireNonNull(event.subject()).jobId();
        Run run = runs.get(job.execution());
        if (run != null) {
            settle(run.execution(), Advance.advance(run.execution(), run.definition(), event, now));
        }
    }

    private void settle(Execution before, Advanced advanced) {
        Execution after = advanced.next();
        Run run = Objects.requireNonNull(runs.get(after.id()));
        remember(run, before, after);
        runs.put(after.id(), run.with(after));
        for (Decision decision : advanced.decisions()) {
            switch (decision) {
                case Decision.Enqueue enqueue -> plan(enqueue.job(), enqueue.dueAt());
                case Decision.Park park -> plan(park.job(), park.dueAt());
                case Decision.StartChildren start -> start(run, after, start);
                case Decision.CancelChildren cancel -> cancel(cancel);
                case Decision.TellParent tell -> told.add(tell.report());
                // Nothing is heard, and nobody is told, of what did not happen.
                case Decision.Listen listen -> {}
                case Decision.DeadLetter letter -> {}
                case Decision.Finish finish -> {}
            }
        }
    }

    /** How things stood when steps started: later they may read more. */
    private void remember(Run run, Execution before, Execution after) {
        for (Step step : run.definition().order()) {
            StepStatus was = before.step(step.id()).status();
            StepStatus is = after.step(step.id()).status();
            if (was == StepStatus.PENDING && is != StepStatus.PENDING && is != StepStatus.SKIPPED) {
                run.starts().put(step.id(), after);
            }
        }
    }

    private void plan(JobId job, @Nullable Instant dueAt) {
        agenda.add(new Task(job, dueAt == null ? now : dueAt, numbered++));
    }

    private void start(Run run, Execution by, Decision.StartChildren asked) {
        for (Offspring child : Offspring.of(by, run.definition(), asked, run.version(), newest, now)) {
            switch (child) {
                case Offspring.Born(Settled settled) -> {
                    Execution pending = settled.before();
                    WorkflowVersion follows = follows(run, asked);
                    begin(pending, follows, settled.advanced());
                }
                case Offspring.Refused(StepEvent.ChildEnded end) -> told.add(end);
            }
        }
    }

    private WorkflowVersion follows(Run run, Decision.StartChildren asked) {
        Step step = run.definition().step(asked.job().step());
        return step instanceof SubWorkflowStep sub ? Objects.requireNonNull(newest.apply(sub)) : run.version();
    }

    private void cancel(Decision.CancelChildren unwanted) {
        for (int index : unwanted.items()) {
            Run run = runs.get(ExecutionId.child(unwanted.job(), index));
            if (run != null) {
                Cancellation cancellation = new Cancellation("parent", now, null);
                settle(run.execution(), Advance.cancel(run.execution(), run.definition(), cancellation, now));
            }
        }
    }

    /** A job that waits for its time. */
    private record Task(JobId job, Instant at, int number) {}

    /**
     * An execution in memory.
     *
     * @param version what it follows
     * @param definition the part of that
     * @param execution where it stands
     * @param starts how it stood when a step started, by the step
     */
    record Run(WorkflowVersion version, Definition definition, Execution execution, Map<StepId, Execution> starts) {
        Run(WorkflowVersion version, Definition definition, Execution execution) {
            this(version, definition, execution, new LinkedHashMap<>());
        }

        Run with(Execution next) {
            return new Run(version, definition, next, starts);
        }
    }
}
