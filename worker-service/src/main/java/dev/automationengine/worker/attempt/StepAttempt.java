package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionCall;
import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.ActionRunner;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.worker.oauth.Connections;
import dev.automationengine.worker.oauth.Usable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Performs the action of a step once: finds the credential, then acts. */
@Component
class StepAttempt {
    private static final int UNAUTHORIZED = 401;
    private static final Logger log = LoggerFactory.getLogger(StepAttempt.class);

    private final ActionCatalog catalog;
    private final ActionRunner actions;
    private final CredentialResolver credentials;
    private final Connections connections;

    StepAttempt(ActionCatalog catalog, ActionRunner actions, CredentialResolver credentials, Connections connections) {
        this.catalog = catalog;
        this.actions = actions;
        this.credentials = credentials;
        this.connections = connections;
    }

    EffectMode effect(Loaded.Ready ready, ActionDescriptor action) {
        return actions.effect(action.name(), input(ready));
    }

    /** What came of it; never throws. */
    ActionResult act(Loaded.Ready ready, ActionDescriptor action, EffectMode effect) {
        ClaimedJob job = ready.job().job();
        try {
            return switch (credentials.resolve(job.org(), action, ready.work())) {
                case CredentialResolver.Resolution.Unusable(ActionResult why) -> why;
                case CredentialResolver.Resolution.Found(Credential credential) ->
                    credential == null
                            ? call(ready, action, effect, null)
                            : connected(ready, action, effect, credential);
            };
        } catch (RuntimeException e) {
            log.error("An attempt failed inside the engine", e);
            return new ActionResult.Failed(StepErrors.internal(), true);
        }
    }

    private ActionResult connected(
            Loaded.Ready ready, ActionDescriptor action, EffectMode effect, Credential credential) {
        return switch (connections.usable(credential)) {
            case Usable.Now(Credential usable) -> {
                ActionResult result = call(ready, action, effect, usable);
                yield unauthorized(result, usable)
                        ? connections
                                .refused(usable)
                                .map(renewed -> again(ready, action, effect, renewed))
                                .orElse(result)
                        : result;
            }
            case Usable.Later later -> later(later);
            case Usable.Broken broken -> broken(broken);
        };
    }

    /** What was answered with 401 was not done: with a new token it may be asked for at once. */
    private ActionResult again(Loaded.Ready ready, ActionDescriptor action, EffectMode effect, Usable renewed) {
        return switch (renewed) {
            case Usable.Now(Credential usable) -> {
                ActionResult result = call(ready, action, effect, usable);
                yield unauthorized(result, usable) ? broken(connections.refusedAgain(usable)) : result;
            }
            case Usable.Later later -> later(later);
            case Usable.Broken broken -> broken(broken);
        };
    }

    private static ActionResult later(Usable.Later later) {
        return new ActionResult.Postponed(ActionResult.Reason.TOKEN_PENDING, later.pause());
    }

    private static ActionResult broken(Usable.Broken broken) {
        return new ActionResult.Postponed(ActionResult.Reason.CONNECTION_BROKEN, broken.pause());
    }

    private boolean unauthorized(ActionResult result, Credential credential) {
        return result instanceof ActionResult.Failed failed
                && !failed.outcomeUnknown()
                && (Objects.equals(failed.error().httpStatus(), UNAUTHORIZED)
                        || connections.refuses(credential, failed.error().code()));
    }

    private ActionResult call(
            Loaded.Ready ready, ActionDescriptor action, EffectMode effect, @Nullable Credential credential) {
        StepWork work = ready.work();
        ClaimedJob job = ready.job().job();
        // What is verifiable counts too: given back as untouched, it would not be looked for.
        boolean repeatedAnyway = effect != EffectMode.VERIFIABLE && Verdict.goesOn(effect, work);
        if (!repeatedAnyway) {
            ready.job().beginUnrepeatable();
        }
        String jobId = job.id().value();
        return actions.run(new ActionCall(
                job.org(),
                Objects.requireNonNullElse(work.effectKey(), jobId),
                action.name(),
                input(ready),
                credential,
                work.timeout(),
                inDoubt(job, work)));
    }

    private Map<String, @Nullable Object> input(Loaded.Ready ready) {
        return catalog.input(ready.work().action(), ready.work().input());
    }

    /** Whether the action may have been done: not in the very first attempt, unless its holder fell silent. */
    private static boolean inDoubt(ClaimedJob job, StepWork work) {
        String effectKey = work.effectKey();
        boolean redriven =
                effectKey != null && !effectKey.startsWith(job.id().execution().value() + ":");
        return job.rescued() || job.attempt() > 1 || redriven;
    }
}
