package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.worker.lease.HeldJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets jobs wait that cannot be worked on yet. There may be thousands of them: each is counted, but what they wait for
 * is logged once where it begins (the opening of a breaker, a hold), not per job.
 */
@Component
public class Postponement {
    /** Jobs that wait for the same thing come back spread over this time, or half of their wait if that is longer. */
    private static final Duration SHORTEST_SPREAD = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Postponement.class);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final MeterRegistry meters;

    Postponement(InstantSource clock, RandomGenerator random, MeterRegistry meters) {
        this.clock = clock;
        this.random = random;
        this.meters = meters;
    }

    /** The action could not be tried. */
    Outcome of(HeldJob job, ActionResult.Postponed postponed) {
        Duration half = postponed.pause().dividedBy(2);
        Duration width = half.compareTo(SHORTEST_SPREAD) > 0 ? half : SHORTEST_SPREAD;
        return deferred(
                job,
                postponed.reason().name().toLowerCase(Locale.ROOT),
                clock.instant().plus(postponed.pause()).plus(spread(width)));
    }

    /** The third party throttles the connection. */
    Outcome held(HeldJob job, Instant until) {
        return deferred(job, "connection_held", until.plus(spread(SHORTEST_SPREAD)));
    }

    /**
     * The connection has all the slots of this worker that it may have.
     *
     * @param wait how long to wait for one
     */
    public Outcome busy(HeldJob job, Duration wait) {
        return deferred(job, "connection_busy", clock.instant().plus(wait).plus(spread(wait)));
    }

    private Outcome deferred(HeldJob job, String reason, Instant until) {
        meters.counter("engine.worker.deferred", "reason", reason).increment();
        log.debug("Job {} waits until {}: {}", job.job().id(), until, reason);
        return new Outcome.Deferred(job, until);
    }

    private Duration spread(Duration width) {
        return Duration.ofMillis((long) (width.toMillis() * random.nextDouble()));
    }
}
