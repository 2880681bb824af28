package dev.automationengine.polling.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When to look again. Pure. A trigger's {@code every} is the longest pause that its author wants: after a look that found
 * something the next one comes in a quarter of it, then in half of it, and so on back to the whole.
 */
final class LookSchedule {
    private static final double JITTER = 0.2;
    private static final int SOONER = 4;
    private static final int MAX_DOUBLINGS = 30;

    private final SourceProperties properties;

    LookSchedule(SourceProperties properties) {
        this.properties = properties;
    }

    /**
     * The pause after a look that succeeded.
     *
     * @param before the pause before it; null: it was the first
     * @param chance 0 (included) to 1 (excluded): spreads looks that would come together
     */
    Duration after(PollTrigger trigger, @Nullable Duration before, Looked looked, double chance) {
        if (looked.more()) {
            return Duration.ZERO;
        }
        Duration whole =
                longer(trigger.every() == null ? properties.interval() : trigger.every(), properties.shortest());
        Duration quarter = longer(whole.dividedBy(SOONER), properties.shortest());
        Duration pause = looked.fresh() > 0
                ? quarter
                : shorter(whole, before == null || before.isZero() ? whole : before.multipliedBy(2));
        Duration spread = spread(longer(pause, quarter), chance);
        return looked.rest() == null ? spread : longer(spread, looked.rest());
    }

    /** The pause after a failure. */
    Duration after(Failure failure, int failures, double chance) {
        Duration pause = properties.backOff().multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        Duration spread = spread(shorter(pause, properties.maxBackOff()), chance);
        return failure.retryAfter() == null ? spread : longer(spread, failure.retryAfter());
    }

    /** A tenth more or less. */
    private static Duration spread(Duration pause, double chance) {
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 - JITTER / 2 + JITTER * chance)));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
