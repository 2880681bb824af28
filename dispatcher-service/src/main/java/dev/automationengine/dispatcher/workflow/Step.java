package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Condition;
import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step of a workflow, checked and compiled. */
public sealed interface Step {
    /** The name of the type of {@link FilterStep}. */
    String FILTER = "FILTER";

    /** The name of the type of {@link BranchStep}. */
    String BRANCH = "BRANCH";

    /** The name of the type of {@link TransformStep}. */
    String TRANSFORM = "TRANSFORM";

    /** The name of the type of {@link StopStep}. */
    String STOP = "STOP";

    /** The name of the type of {@link ActionStep}. */
    String ACTION = "ACTION";

    /** The name of the type of {@link DelayStep}, and of the work that its job asks for. */
    String DELAY = "DELAY";

    /** The name of the type of {@link ForEachStep}. */
    String FOR_EACH = "FOR_EACH";

    /** The name of the type of {@link SubWorkflowStep}. */
    String SUB_WORKFLOW = "SUB_WORKFLOW";

    /** The name of the type of a {@link WaitStep} that waits for a call or an event. */
    String WAIT_FOR_EVENT = "WAIT_FOR_EVENT";

    /** The name of the type of a {@link WaitStep} that waits for a person. */
    String APPROVAL = "APPROVAL";

    /** What it has in common with all steps. */
    StepFrame frame();

    /** Its name, unique in the workflow. */
    default StepId id() {
        return frame().id();
    }

    /** The steps that come before it by its own words; another's {@code on_error} may lead to it, too. */
    default Set<StepId> dependsOn() {
        Set<StepId> steps = new LinkedHashSet<>();
        frame().needs().forEach(need -> steps.add(need.step()));
        return steps;
    }

    /** The name of its type in a definition. */
    default String type() {
        return switch (this) {
            case FilterStep filter -> FILTER;
            case BranchStep branch -> BRANCH;
            case TransformStep transform -> TRANSFORM;
            case StopStep stop -> STOP;
            case ActionStep action -> ACTION;
            case DelayStep delay -> DELAY;
            case ForEachStep each -> FOR_EACH;
            case SubWorkflowStep sub -> SUB_WORKFLOW;
            case WaitStep wait -> wait.answer() instanceof Answer.Decision ? APPROVAL : WAIT_FOR_EVENT;
        };
    }

    /** What a worker is asked to do; null if no worker has a part in it. */
    default @Nullable String actionName() {
        return switch (this) {
            case FilterStep filter -> null;
            case BranchStep branch -> null;
            case TransformStep transform -> null;
            case StopStep stop -> null;
            case ActionStep action -> action.action();
            case DelayStep delay -> DELAY;
            case ForEachStep each -> null;
            case SubWorkflowStep sub -> null;
            case WaitStep wait -> null;
        };
    }

    /** The ways out of it that others may depend on. */
    default List<String> ports() {
        return switch (this) {
            case BranchStep branch -> branch.ports();
            case FilterStep filter -> List.of();
            case TransformStep transform -> List.of();
            case StopStep stop -> List.of();
            case ActionStep action -> List.of();
            case DelayStep delay -> List.of();
            case ForEachStep each -> List.of();
            case SubWorkflowStep sub -> List.of();
            case WaitStep wait ->
                wait.answer() instanceof Answer.Decision
                        ? List.of(StepEvent.Resumed.APPROVED, StepEvent.Resumed.REJECTED)
                        : List.of();
        };
    }

    /** The way by which it was left; null if it has but one. */
    default @Nullable String port(@Nullable Map<String, @Nullable Object> output) {
        return switch (this) {
            case BranchStep branch ->
                output != null && output.get(BranchStep.OUTPUT) instanceof String name ? name : null;
            case FilterStep filter -> null;
            case TransformStep transform -> null;
            case StopStep stop -> null;
            case ActionStep action -> null;
            case DelayStep delay -> null;
            case ForEachStep each -> null;
            case SubWorkflowStep sub -> null;
            case WaitStep wait ->
                wait.answer() instanceof Answer.Decision
                                && output != null
                                && output.get(StepEvent.Resumed.DECISION) instanceof String decision
                        ? decision
                        : null;
        };
    }

    /** What it reads, by the place in its definition, a JSON pointer below the step. */
    default Map<String, List<Reference>> reads() {
        Map<String, List<Reference>> reads = new LinkedHashMap<>();
        Condition runIf = frame().runIf();
        if (runIf != null) {
            reads.put("/run_if", runIf.references());
        }
        switch (this) {
            case FilterStep filter -> reads.put("/condition", filter.condition().references());
            case BranchStep branch -> {
                for (int i = 0; i < branch.branches().size(); i++) {
                    reads.put(
                            "/branches/" + i + "/condition",
                            branch.branches().get(i).condition().references());
                }
            }
            case TransformStep transform ->
                reads.put("/output", transform.output().references());
            case StopStep stop -> {
                Template message = stop.message();
                if (message != null) {
                    reads.put("/message", message.references());
                }
            }
            case ActionStep action -> reads.put("/config", action.config().references());
            case DelayStep delay -> {
                if (delay.lasts() instanceof Wait.Until until) {
                    reads.put("/until", until.time().references());
                }
            }
            case ForEachStep each -> {
                reads.put("/items", each.items().references());
                reads.put("/with", each.with().references());
            }
            case SubWorkflowStep sub -> reads.put("/input", sub.input().references());
            case WaitStep wait -> {
                switch (wait.answer()) {
                    case Answer.Call call -> {}
                    case Answer.Event event ->
                        reads.put("/event/match/value", event.value().references());
                    case Answer.Decision decision -> {
                        reads.put("/message", decision.message().references());
                        for (int i = 0; i < decision.approvers().size(); i++) {
                            reads.put(
                                    "/approvers/" + i,
                                    decision.approvers().get(i).references());
                        }
                    }
                }
            }
        }
        return reads;
    }

    /**
     * Lets an execution go on only if a condition holds; the dispatcher decides it itself.
     *
     * @param frame what all steps have
     * @param condition what must hold
     */
    record FilterStep(StepFrame frame, Condition condition) implements Step {}

    /**
     * Leads on by the first of its branches whose condition holds, else by {@value #ELSE}; what depends on another
     * branch is skipped.
     *
     * @param frame what all steps have
     * @param branches in the order in which they are tried
     */
    record BranchStep(StepFrame frame, List<Branch> branches) implements Step {
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
    }

    /**
     * Makes data of data; the dispatcher does it itself.
     *
     * @param frame what all steps have
     * @param output what later steps read, an object with places to fill in
     */
    record TransformStep(StepFrame frame, Template output) implements Step {}

    /**
     * Ends the execution at once.
     *
     * @param frame what all steps have
     * @param failed whether as failed; else as completed
     * @param message why, with places to fill in; null: nothing is said
     */
    record StopStep(
            StepFrame frame, boolean failed, @Nullable Template message) implements Step {}

    /**
     * Does something at a third party; a worker carries it out.
     *
     * @param frame what all steps have
     * @param action what to do
     * @param config what the action needs, with places to fill in
     * @param credentialId the secret to act with; null: the organization's only one of the action's kind
     * @param retryPolicy how often to try
     * @param timeout how long one attempt may take
     * @param onUnknown what follows where nobody knows whether it was done
     */
    record ActionStep(
            StepFrame frame,
            String action,
            Template config,
            @Nullable CredentialId credentialId,
            RetryPolicy retryPolicy,
            Duration timeout,
            OnUnknown onUnknown)
            implements Step {
        /** How long an attempt may take where the workflow says nothing. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    }

    /**
     * Waits. The time is kept by the job queue, or by MongoDB where it is long, so it costs nothing and survives every
     * restart.
     *
     * @param frame what all steps have
     * @param lasts until when
     */
    record DelayStep(StepFrame frame, Wait lasts) implements Step {}

    /**
     * Does some steps for each item of a list. Every item is an execution of its own, of the same version.
     *
     * @param frame what all steps have
     * @param items gives the list
     * @param with what the steps read as {@code with} beside {@code item} and {@code index}; an object
     * @param concurrency how many items are under way at most
     * @param goesOn whether an item that fails leaves the others alone; else it fails the step
     * @param body the steps; what it gives for an item is its {@link Definition#result()}
     */
    record ForEachStep(StepFrame frame, Template items, Template with, int concurrency, boolean goesOn, Definition body)
            implements Step {
        /** The most items. */
        public static final int MAX_ITEMS = 1_000;
    }

    /**
     * Runs another workflow of the organization, in its newest version.
     *
     * @param frame what all steps have
     * @param workflowId the workflow, whose trigger is of type SUB_WORKFLOW
     * @param input what its steps read as {@code trigger}; an object
     * @param waits whether the step ends when the workflow has; else at once
     */
    record SubWorkflowStep(StepFrame frame, WorkflowId workflowId, Template input, boolean waits) implements Step {}

    /**
     * Waits for an answer. The wait is a job that is due when it has lasted too long, so it survives every restart.
     *
     * @param frame what all steps have
     * @param answer what it waits for
     * @param timeout how long
     * @param onTimeout what follows without an answer
     * @param links makes its links
     */
    record WaitStep(StepFrame frame, Answer answer, Duration timeout, OnTimeout onTimeout, WaitLinks links)
            implements Step {
        /** What templates read links below. */
        public static final String LINKS = "waits";

        /** Beyond its time a link is refused by the dispatcher; so long it is told to be too late, and not unknown. */
        private static final Duration GRACE = Duration.ofDays(30);

        private static final String APPROVE_URL = "approve_url";
        private static final String REJECT_URL = "reject_url";

        /** What follows when nobody answers. */
        public enum OnTimeout {
            /** The step fails. */
            FAIL,
            /** It goes on, with {@code timed_out}. */
            CONTINUE,
            /** It counts as approved. */
            APPROVE,
            /** It counts as rejected. */
            REJECT
        }

        /** The names of its links. */
        public List<String> linkNames() {
            return switch (answer) {
                case Answer.Call call -> List.of("url");
                case Answer.Event event -> List.of();
                case Answer.Decision decision ->
                    decision.approvers().isEmpty()
                            ? List.of(APPROVE_URL, REJECT_URL)
                            : List.of(APPROVE_URL, REJECT_URL, "approvers");
            };
        }

        /** Its links by name, what templates read as {@code waits.ID}. */
        public Map<String, Object> urls(OrgId org, JobId job, Instant now) {
            Instant expiresAt = now.plus(timeout).plus(GRACE);
            return switch (answer) {
                case Answer.Call call -> Map.of("url", links.url(org, job, null, null, expiresAt));
                case Answer.Event event -> Map.of();
                case Answer.Decision decision -> {
                    Map<String, Object> urls = new LinkedHashMap<>(choices(org, job, null, expiresAt));
                    if (!decision.approvers().isEmpty()) {
                        urls.put(
                                "approvers",
                                IntStream.range(0, decision.approvers().size())
                                        .mapToObj(approver -> choices(org, job, approver, expiresAt))
                                        .toList());
                    }
                    yield urls;
                }
            };
        }

        private Map<String, String> choices(OrgId org, JobId job, @Nullable Integer approver, Instant expiresAt) {
            return Map.of(
                    APPROVE_URL, links.url(org, job, StepEvent.Resumed.APPROVED, approver, expiresAt),
                    REJECT_URL, links.url(org, job, StepEvent.Resumed.REJECTED, approver, expiresAt));
        }
    }
}
