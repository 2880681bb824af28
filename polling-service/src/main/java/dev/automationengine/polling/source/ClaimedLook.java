package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.ActionCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Claims a source, looks at it and records what came of it. */
@Component
class ClaimedLook {
    private static final Logger log = LoggerFactory.getLogger(ClaimedLook.class);
    private static final String UNKNOWN_SOURCE = "unknown";

    private final ActionCatalog catalog;
    private final SourceStates states;
    private final SourceLook look;
    private final ConnectionPauses pauses;
    private final SourceProperties properties;
    private final LookSchedule schedule;
    private final MeterRegistry meters;
    private final InstantSource clock;

    ClaimedLook(
            ActionCatalog catalog,
            SourceStates states,
            SourceLook look,
            ConnectionPauses pauses,
            SourceProperties properties,
            MeterRegistry meters,
            InstantSource clock) {
        this.catalog = catalog;
        this.states = states;
        this.look = look;
        this.pauses = pauses;
        this.properties = properties;
        this.schedule = new LookSchedule(properties);
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Looks at a source if no other replica does and its connection is free.
     *
     * @param owner the name of this replica
     * @return when to look at its state again
     */
    Instant run(PollTrigger trigger, String owner) {
        String connection = trigger.org() + "/"
                + (trigger.credentialId() == null
                        ? trigger.source()
                        : trigger.credentialId().value());
        Instant now = clock.instant();
        if (!pauses.begin(connection, now)) {
            return now.plus(properties.idle());
        }
        try {
            Optional<SourceState> claim = states.claim(trigger, owner, now, properties.lease(), properties.retention());
            return claim.isPresent() ? look(trigger, claim.get(), connection) : now.plus(properties.lease());
        } catch (RuntimeException e) {
            // The lease ends by itself, and the source is looked at again from where it was.
            count(trigger, "internal");
            log.warn("The look of workflow {} at {} could not be recorded", trigger.workflow(), trigger.source(), e);
            return clock.instant().plus(properties.backOff());
        } finally {
            pauses.end(connection);
        }
    }

    private Instant look(PollTrigger trigger, SourceState claim, String connection) {
        double chance = ThreadLocalRandom.current().nextDouble();
        try {
            Looked looked = look.run(trigger, claim);
            Instant end = clock.instant();
            Duration pause = schedule.after(trigger, claim.interval(), looked, chance);
            if (looked.rest() != null) {
                pauses.pause(connection, end.plus(looked.rest()));
            }
            boolean recorded = states.succeeded(claim, trigger, looked, pause, end);
            count(trigger, recorded ? "complete" : "lost");
            meters.counter("engine.polling.records", "source", label(trigger)).increment(looked.fresh());
            return end.plus(pause);
        } catch (LookFailedException e) {
            return failed(trigger, claim, connection, e.failure(), chance);
        } catch (RuntimeException e) {
            log.error(
                    "The look of workflow {} at {} failed for a reason of ours",
                    trigger.workflow(),
                    trigger.source(),
                    e);
            return failed(trigger, claim, connection, Failure.ofOurs("internal"), chance);
        }
    }

    private Instant failed(PollTrigger trigger, SourceState claim, String connection, Failure failure, double chance) {
        Instant end = clock.instant();
        Instant nextAt = end.plus(schedule.after(failure, claim.failures(), chance));
        if (failure.connectionWide() && failure.retryAfter() != null) {
            pauses.pause(connection, end.plus(failure.retryAfter()));
        }
        boolean recorded = states.failed(claim, trigger, failure, nextAt, end);
        count(trigger, recorded ? failure.reason() : "lost");
        log.warn(
                "Workflow {} did not see {}: {}; failure {}, next look at {}",
                trigger.workflow(),
                trigger.source(),
                failure.code(),
                claim.failures() + 1,
                nextAt);
        return nextAt;
    }

    private void count(PollTrigger trigger, String result) {
        meters.counter("engine.polling.looks", "source", label(trigger), "result", result)
                .increment();
    }

    /** A name that no connector has is what anybody wrote. */
    private String label(PollTrigger trigger) {
        return catalog.polls().stream().anyMatch(each -> each.source().equals(trigger.source()))
                ? trigger.source()
                : UNKNOWN_SOURCE;
    }
}
