package dev.automationengine.polling.sweep;

import dev.automationengine.polling.poll.PollState;
import java.time.Duration;
import java.time.Instant;

/** Decides what a sweep leaves behind: when the next one starts, and at which time its window begins. Pure. */
final class Results {
    /** Code of the failure of a window that cannot be made shorter and still holds more than one sweep takes. */
    static final String TOO_MANY_LEADS = "too_many_leads";

    private static final double JITTER = 0.2;
    private static final int MAX_DOUBLINGS = 30;

    private final PollingProperties properties;

    Results(PollingProperties properties) {
        this.properties = properties;
    }

    /**
     * The state after a sweep.
     *
     * @param claim the state before it
     * @param window what it looked at
     * @param now its end
     * @param chance 0 (included) to 1 (excluded): spreads sweeps that would start together
     */
    PollState.Result of(PollState claim, Window window, Outcome outcome, Instant now, double chance) {
        return switch (outcome) {
            case Outcome.Complete complete -> {
                Window.Progress progress = window.seen();
                Duration pause = progress.span() == null ? spread(properties.interval(), chance) : Duration.ZERO;
                yield new PollState.Result(
                        now.plus(pause), progress.sweptUntil(), progress.span(), complete.found(), null, 0);
            }
            case Outcome.Partial partial
            when window.shortest() -> failed(claim, TOO_MANY_LEADS, partial.found(), now, chance);
            case Outcome.Partial partial -> {
                Window.Progress progress = window.seenInPart();
                yield new PollState.Result(now, progress.sweptUntil(), progress.span(), partial.found(), null, 0);
            }
            case Outcome.Failed failed -> failed(claim, failed.code(), failed.found(), now, chance);
            case Outcome.Lost lost -> failed(claim, "lease_lost", lost.found(), now, chance);
        };
    }

    private PollState.Result failed(PollState claim, String code, int found, Instant now, double chance) {
        int failures = claim.failures() + 1;
        Duration pause = properties.backOff().multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration longest = properties.maxBackOff();
        return new PollState.Result(
                now.plus(spread(pause.compareTo(longest) > 0 ? longest : pause, chance)),
                claim.sweptUntil(),
                claim.span(),
                found,
                code,
                failures);
    }

    /** A tenth more or less. */
    private static Duration spread(Duration pause, double chance) {
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 - JITTER / 2 + JITTER * chance)));
    }
}
