package dev.automationengine.polling.sweep;

import dev.automationengine.polling.poll.PollState;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.subscription.FormSubscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Claims a form, sweeps it and records what came of it. */
@Component
class ClaimedSweep {
    private static final Logger log = LoggerFactory.getLogger(ClaimedSweep.class);

    private final PollStates states;
    private final FormSweep sweep;
    private final PageWebhooks webhooks;
    private final PollingProperties properties;
    private final Results results;
    private final MeterRegistry meters;
    private final InstantSource clock;

    ClaimedSweep(
            PollStates states,
            FormSweep sweep,
            PageWebhooks webhooks,
            PollingProperties properties,
            MeterRegistry meters,
            InstantSource clock) {
        this.states = states;
        this.sweep = sweep;
        this.webhooks = webhooks;
        this.properties = properties;
        this.results = new Results(properties);
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Sweeps a form if no other replica does.
     *
     * @param owner the name of this replica
     * @return when to look at the form again
     */
    Instant run(FormSubscription form, String owner) {
        try {
            Instant now = clock.instant();
            Optional<PollState> claim = states.claim(form, owner, now, properties.lease(), properties.retention());
            return claim.isPresent() ? sweep(form, claim.get(), now) : now.plus(properties.lease());
        } catch (RuntimeException e) {
            // The lease ends by itself, and the form is swept again from where it was.
            count("internal");
            log.warn("The sweep of form {} of {} could not be recorded", form.formId(), form.org(), e);
            return clock.instant().plus(properties.backOff());
        }
    }

    private Instant sweep(FormSubscription form, PollState claim, Instant start) {
        Window window = Window.next(claim, start, properties.overlap(), properties.firstWindow());
        Outcome outcome = outcome(form, claim, window);
        webhooks.check(form, claim, outcome);
        Instant end = clock.instant();
        PollState.Result result = results.of(
                claim, window, outcome, end, ThreadLocalRandom.current().nextDouble());
        boolean recorded = states.finish(claim, result, end);
        report(form, recorded ? outcome : new Outcome.Lost(outcome.found()), result);
        return result.nextAt();
    }

    private Outcome outcome(FormSubscription form, PollState claim, Window window) {
        try {
            return sweep.run(form, claim, window);
        } catch (RuntimeException e) {
            log.error("The sweep of form {} of {} failed for a reason of ours", form.formId(), form.org(), e);
            return new Outcome.Failed(Outcome.Reason.INTERNAL, "internal", 0);
        }
    }

    private void report(FormSubscription form, Outcome outcome, PollState.Result result) {
        count(outcome.label());
        meters.counter("engine.polling.leads").increment(outcome.found());
        switch (outcome) {
            case Outcome.Complete complete ->
                log.debug("Form {} of {} swept: {} leads", form.formId(), form.org(), complete.found());
            case Outcome.Partial partial ->
                log.warn(
                        "Form {} of {} has more leads than one sweep takes ({} seen); goes on with half the time",
                        form.formId(),
                        form.org(),
                        partial.found());
            case Outcome.Failed failed ->
                log.warn(
                        "Form {} of {} not swept: {}; failure {}, next try at {}",
                        form.formId(),
                        form.org(),
                        failed.code(),
                        result.failures(),
                        result.nextAt());
            case Outcome.Lost lost ->
                log.warn("Form {} of {} was taken over by another replica", form.formId(), form.org());
        }
    }

    private void count(String result) {
        meters.counter("engine.polling.sweeps", "result", result).increment();
    }
}
