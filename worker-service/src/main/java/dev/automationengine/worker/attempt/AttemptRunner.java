package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.worker.WorkerProperties;
import dev.automationengine.worker.connection.ConnectionHolds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one attempt at a step and decides what follows. */
@Component
public class AttemptRunner {
    private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

    private final ActionCatalog catalog;
    private final StepAttempt attempts;
    private final ConnectionHolds holds;
    private final Postponement postponement;
    private final UnknownActions unknownActions;
    private final AttemptMetrics metrics;
    private final Traces traces;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final WorkerProperties properties;

    AttemptRunner(
            ActionCatalog catalog,
            StepAttempt attempts,
            ConnectionHolds holds,
            Postponement postponement,
            UnknownActions unknownActions,
            AttemptMetrics metrics,
            Traces traces,
            InstantSource clock,
            RandomGenerator random,
            WorkerProperties properties) {
        this.catalog = catalog;
        this.attempts = attempts;
        this.holds = holds;
        this.postponement = postponement;
        this.unknownActions = unknownActions;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
        this.random = random;
        this.properties = properties;
    }

    /** Does what has to be done for a job; never throws. */
    public Outcome run(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Obsolete obsolete -> new Outcome.Pointless(obsolete.job());
            case Loaded.Unreadable unreadable ->
                new Outcome.Attempted(
                        unreadable.job(),
                        new StepEvent.Failed(
                                run(unreadable.job().job(), unreadable.workflow(), clock.instant()),
                                StepErrors.workUnreadable()));
            case Loaded.Ready ready -> traces.continued(ready.traceparent(), "attempt", () -> attempt(ready));
        };
    }

    private Outcome attempt(Loaded.Ready ready) {
        ClaimedJob job = ready.job().job();
        try (LogContext ids =
                LogContext.of(job.org(), job.id().execution(), job.id().step())) {
            Instant start = clock.instant();
            Optional<ActionDescriptor> action =
                    catalog.find(ready.work().action(), ready.work().input());
            Outcome outcome = decided(ready, action, start);
            if (outcome instanceof Outcome.Attempted(var ignored, StepEvent event)) {
                metrics.record(action, event, Duration.between(start, clock.instant()));
                AttemptLog.write(event);
            }
            return outcome;
        }
    }

    private Outcome decided(Loaded.Ready ready, Optional<ActionDescriptor> action, Instant start) {
        ClaimedJob job = ready.job().job();
        if (StepWork.passesTime(ready.work().action())) {
            return attempted(ready, new StepEvent.Completed(run(ready, start), null, Map.of()));
        }
        if (action.isEmpty()) {
            return unknown(ready, start);
        }
        if (job.rescues() > properties.maxRescues()) {
            metrics.workersLost(action.get().name());
            log.error("{} workers fell silent with this job: it is not run again", job.rescues());
            return attempted(ready, new StepEvent.Failed(run(ready, start), StepErrors.workersLost(job.rescues())));
        }
        return known(ready, action.get(), start);
    }

    private Outcome unknown(Loaded.Ready ready, Instant start) {
        String name = ready.work().action();
        return unknownActions
                .wait(name)
                .map(later -> postponement.of(ready.job(), later))
                .orElseGet(() ->
                        attempted(ready, new StepEvent.Failed(run(ready, start), StepErrors.unknownAction(name))));
    }

    private Outcome known(Loaded.Ready ready, ActionDescriptor action, Instant start) {
        ClaimedJob job = ready.job().job();
        EffectMode effect = attempts.effect(ready, action);
        if (job.rescued()) {
            boolean goesOn = Verdict.goesOn(effect, ready.work());
            metrics.rescued(action.name(), effect, goesOn);
            log.warn("An earlier holder of this attempt fell silent; effect mode {}", effect);
            if (!goesOn) {
                return attempted(ready, new StepEvent.Failed(run(ready, start), StepErrors.rescued()));
            }
        }
        Optional<Instant> held = holds.heldUntil(job);
        if (held.isPresent()) {
            return postponement.held(ready.job(), held.get());
        }
        return switch (attempts.act(ready, action, effect)) {
            case ActionResult.Succeeded done -> {
                StepRun run = run(ready, start);
                spent(job, done, run.finishedAt());
                yield attempted(ready, completed(run, done));
            }
            case ActionResult.Postponed later -> {
                if (later.reason() == ActionResult.Reason.CONNECTION_BROKEN) {
                    holds.hold(job, clock.instant().plus(later.pause()), "its connection is broken");
                }
                yield postponement.of(ready.job(), later);
            }
            case ActionResult.Failed failed -> {
                StepRun run = run(ready, start);
                throttled(job, failed, run.finishedAt());
                yield attempted(
                        ready, Verdict.of(run, failed, effect, ready.work(), ready.spent(), random::nextDouble));
            }
        };
    }

    @SuppressWarnings("NullAway") // A compact constructor's class file has lost the annotation inside of Map<>.
    private static StepEvent completed(StepRun run, ActionResult.Succeeded done) {
        return new StepEvent.Completed(run, done.httpStatus(), done.output());
    }

    /** The others of the connection need not find out for themselves. */
    private void throttled(ClaimedJob job, ActionResult.Failed failed, Instant at) {
        Duration wait = failed.retryAfter();
        if (failed.connectionWide() && wait != null && wait.isPositive()) {
            holds.hold(job, at.plus(wait), "the third party throttles");
        }
    }

    /** The others of the connection wait before the third party has to refuse them. */
    private void spent(ClaimedJob job, ActionResult.Succeeded done, Instant at) {
        Duration rest = done.rest();
        if (rest != null) {
            holds.hold(job, at.plus(rest), "the budget of the third party is spent");
        }
    }

    private static Outcome attempted(Loaded.Ready ready, StepEvent event) {
        return new Outcome.Attempted(ready.job(), event);
    }

    private StepRun run(Loaded.Ready ready, Instant start) {
        return run(ready.job().job(), ready.workflow(), start);
    }

    private StepRun run(ClaimedJob job, WorkflowId workflow, Instant start) {
        return new StepRun(
                job.org(),
                workflow,
                job.id(),
                job.attempt(),
                job.fence(),
                properties.id(),
                start,
                clock.instant(),
                traces.traceparent());
    }
}
