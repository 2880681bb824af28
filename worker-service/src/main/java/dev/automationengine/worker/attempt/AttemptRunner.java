package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionCall;
import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.ActionRunner;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.worker.WorkerProperties;
import dev.automationengine.worker.lease.HeldJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one attempt at a step: finds the credential, acts, and decides what follows. */
@Component
public class AttemptRunner {
    private static final String UNKNOWN_ACTION = "unknown";
    private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

    private final ActionCatalog catalog;
    private final ActionRunner actions;
    private final CredentialResolver credentials;
    private final AttemptMetrics metrics;
    private final Traces traces;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String workerId;

    AttemptRunner(
            ActionCatalog catalog,
            ActionRunner actions,
            CredentialResolver credentials,
            AttemptMetrics metrics,
            Traces traces,
            InstantSource clock,
            RandomGenerator random,
            WorkerProperties properties) {
        this.catalog = catalog;
        this.actions = actions;
        this.credentials = credentials;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
        this.random = random;
        this.workerId = properties.id();
    }

    /** Does what has to be done for a job; never throws. */
    public Outcome run(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Obsolete obsolete -> new Outcome(obsolete.job(), null);
            case Loaded.Unreadable unreadable -> unreadable(unreadable);
            case Loaded.Ready ready ->
                traces.continued(ready.traceparent(), "attempt", () -> new Outcome(ready.job(), attempt(ready)));
        };
    }

    private Outcome unreadable(Loaded.Unreadable unreadable) {
        StepError error = new StepError(
                ErrorClass.INTERNAL,
                "work_unreadable",
                "The engine cannot read what it stored for this step.",
                null,
                null,
                null,
                "Redrive the step; if it fails again, tell the operator.");
        StepRun run = run(unreadable.job().job(), unreadable.workflow(), clock.instant());
        return new Outcome(unreadable.job(), new StepEvent.Failed(run, error));
    }

    private StepEvent attempt(Loaded.Ready ready) {
        ClaimedJob job = ready.job().job();
        try (LogContext ids =
                LogContext.of(job.org(), job.id().execution(), job.id().step())) {
            Instant start = clock.instant();
            StepEvent event = catalog.find(ready.work().action())
                    .map(action -> known(ready, action, start))
                    .orElseGet(() -> new StepEvent.Failed(
                            run(job, ready.workflow(), start),
                            unknownAction(ready.work().action())));
            String label = catalog.find(ready.work().action())
                    .map(ActionDescriptor::name)
                    .orElse(UNKNOWN_ACTION);
            metrics.record(label, event, Duration.between(start, clock.instant()));
            log(event);
            return event;
        }
    }

    private StepEvent known(Loaded.Ready ready, ActionDescriptor action, Instant start) {
        HeldJob held = ready.job();
        EffectMode effect = actions.effect(action.name(), ready.work().input());
        if (held.job().rescued()) {
            metrics.rescued(action.name(), effect.repeatable());
            log.warn("An earlier holder of this attempt fell silent; effect mode {}", effect);
            if (!effect.repeatable()) {
                return new StepEvent.Failed(run(held.job(), ready.workflow(), start), Verdict.rescued());
            }
        }
        if (!effect.repeatable()) {
            held.beginUnrepeatable();
        }
        ActionResult result = act(ready, action);
        return Verdict.of(
                run(held.job(), ready.workflow(), start),
                result,
                effect,
                ready.work().retryPolicy(),
                ready.uncharged(),
                random::nextDouble);
    }

    private ActionResult act(Loaded.Ready ready, ActionDescriptor action) {
        ClaimedJob job = ready.job().job();
        try {
            return switch (credentials.resolve(job.org(), action, ready.work())) {
                case CredentialResolver.Resolution.Unusable(ActionResult.Failed why) -> why;
                case CredentialResolver.Resolution.Found found ->
                    actions.run(new ActionCall(
                            job.org(),
                            job.id(),
                            action.name(),
                            ready.work().input(),
                            found.credential(),
                            ready.work().timeout()));
            };
        } catch (RuntimeException e) {
            log.error("An attempt failed inside the engine", e);
            StepError error = new StepError(
                    ErrorClass.INTERNAL,
                    "internal",
                    "The attempt failed inside the engine.",
                    null,
                    null,
                    null,
                    "If this goes on, tell the operator the execution's id.");
            return new ActionResult.Failed(error, null, true, false);
        }
    }

    private StepRun run(ClaimedJob job, WorkflowId workflow, Instant start) {
        return new StepRun(
                job.org(),
                workflow,
                job.id(),
                job.attempt(),
                job.fence(),
                workerId,
                start,
                clock.instant(),
                traces.traceparent());
    }

    private static StepError unknownAction(String action) {
        return new StepError(
                ErrorClass.CONFIGURATION,
                "unknown_action",
                "This worker knows no action " + action + ".",
                null,
                null,
                null,
                "Correct the workflow, or bring all workers to the same version, then redrive.");
    }

    private static void log(StepEvent event) {
        switch (event) {
            case StepEvent.Completed completed ->
                log.debug("Attempt {} completed", completed.run().attempt());
            case StepEvent.AttemptFailed failed ->
                log.warn(
                        "Attempt {} failed: {} {}; next at {}",
                        failed.run().attempt(),
                        failed.error().errorClass(),
                        failed.error().code(),
                        failed.nextAttemptAt());
            case StepEvent.Failed failed ->
                log.warn(
                        "Attempt {} failed for good: {} {}",
                        failed.run().attempt(),
                        failed.error().errorClass(),
                        failed.error().code());
            case StepEvent.Unknown ignored -> throw new IllegalStateException("a worker reports what it knows");
        }
    }
}
