package dev.automationengine.dispatcher.trial;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.trial.TrialInputs.StepInput;
import dev.automationengine.dispatcher.workflow.ActionStep;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.InlineVersions;
import dev.automationengine.dispatcher.workflow.Step;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.expressions.EvaluationException;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Tries one step for real. It becomes an execution of a workflow that has that step alone, so that a worker does it as
 * always: with its credential, its limits and its effect mode. It is tried once.
 */
@Service
class LiveSteps {
    private static final Logger log = LoggerFactory.getLogger(LiveSteps.class);

    private final TrialVersions versions;
    private final InlineVersions inline;
    private final ActionCatalog actions;
    private final HandRuns runs;
    private final InstantSource clock;

    LiveSteps(
            TrialVersions versions, InlineVersions inline, ActionCatalog actions, HandRuns runs, InstantSource clock) {
        this.versions = versions;
        this.inline = inline;
        this.actions = actions;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Starts it.
     *
     * @param key the same key gives the same execution; null: each call gives one
     */
    Execution start(OrgId org, WorkflowId id, StepInput wanted, @Nullable String key, String by) {
        WorkflowVersion version = versions.get(org, id, wanted.version());
        ActionStep step = action(version, wanted);
        Map<String, @Nullable Object> input = checked(step, input(step, wanted));
        WorkflowVersion alone = inline.keep(org, alone(step, version, input));
        Instant now = clock.instant();
        AutomationEvent event = AutomationEvent.of(
                org,
                "/trials/" + id,
                key == null ? UUID.randomUUID().toString() : key,
                "dev.automationengine.trial.v1",
                Trigger.TEST,
                now,
                null,
                data(Map.of("input", input)));
        ExecutionId execution = ExecutionId.of(event.id(), id);
        List<Execution> started = runs.start(List.of(runs.begin(
                (at, traceparent) -> Execution.pending(execution, event, alone, at, traceparent), alone, null)));
        if (started.isEmpty()) {
            throw new ProblemException(
                    Problem.CONFLICT, "It was tried with this Idempotency-Key before, and that has been forgotten.");
        }
        Repeated.check(started.getFirst().workflowId().equals(alone.id())
                && started.getFirst().trigger().equals(event.data().payload()));
        try (LogContext ids = LogContext.of(org, started.getFirst().id(), step.id())) {
            log.info("{} tries a step of {} for real", by, id);
        }
        return started.getFirst();
    }

    private static ActionStep action(WorkflowVersion version, StepInput wanted) {
        Step step = version.definition().step(wanted.step());
        if (step instanceof ActionStep action) {
            return action;
        }
        throw invalid(
                "/step",
                step == null
                        ? "the workflow has no such step"
                        : "a step of type " + step.type() + " acts at no third party: " + "test it by :test");
    }

    @SuppressWarnings("unchecked") // The configuration of an action is an object.
    private Map<String, @Nullable Object> input(ActionStep step, StepInput wanted) {
        if (wanted.input() != null) {
            return wanted.input();
        }
        try {
            Object rendered = step.config().render(wanted.contextOrEmpty(), clock.instant());
            return rendered instanceof Map<?, ?> object ? (Map<String, @Nullable Object>) object : Map.of();
        } catch (EvaluationException e) {
            throw invalid("/context", "the step cannot be filled in: " + e.reason());
        }
    }

    private Map<String, @Nullable Object> checked(ActionStep step, Map<String, @Nullable Object> input) {
        List<FieldError> errors = new ArrayList<>();
        actions.check(step.action(), input)
                .forEach(each -> errors.add(new FieldError("/input" + each.pointer(), each.detail())));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "The action does not take this input.", errors);
        }
        return DataLimit.STEP
                .storable(input)
                .orElseThrow(() ->
                        new ProblemException(Problem.PAYLOAD_TOO_LARGE, "The input is too large or nested too deep."));
    }

    /** The input comes by the event, so that all tries of a step share one version, and nothing in it is a template. */
    private static Map<String, @Nullable Object> alone(
            ActionStep step, WorkflowVersion of, Map<String, @Nullable Object> input) {
        Map<String, @Nullable Object> config = new TreeMap<>();
        input.keySet().forEach(name -> config.put(name, "{{ trigger.input['" + escaped(name) + "'] }}"));
        Map<String, @Nullable Object> only = new LinkedHashMap<>();
        only.put("id", step.id().value());
        only.put("type", Step.ACTION);
        only.put("action", step.action());
        only.put("config", config);
        only.put("timeout", step.timeout().toString());
        only.put("on_unknown", step.onUnknown().name().toLowerCase(Locale.ROOT));
        only.put("retry_policy", Map.of("strategy", "fixed", "attempts", 1));
        CredentialId credential = step.credentialId();
        if (credential != null) {
            only.put("credential_id", credential.value());
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", "A step of " + of.id());
        document.put("trigger", Map.of("type", Trigger.SUB_WORKFLOW));
        document.put("steps", List.of(only));
        return document;
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("'", "\\'");
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static AutomationEvent.Data data(Map<String, @Nullable Object> payload) {
        return new AutomationEvent.Data(Map.of(), payload);
    }

    private static ProblemException invalid(String pointer, String reason) {
        return new ProblemException(
                Problem.INVALID_REQUEST, "The step cannot be tried.", List.of(new FieldError(pointer, reason)));
    }
}
