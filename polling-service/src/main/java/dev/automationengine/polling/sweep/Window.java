package dev.automationengine.polling.sweep;

import dev.automationengine.polling.poll.PollState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a sweep looks at: leads sent after {@code from} and, unless that is now, before {@code to}.
 *
 * <p>Nobody promises an order of Graph's results. So when there are more than one sweep takes, it is not known which
 * are missing, and the next sweep begins again with half the time, until it gets through.
 *
 * @param from the beginning, itself left out
 * @param to the end
 * @param untilNow whether the end is the time of the sweep's start
 */
record Window(Instant from, Instant to, boolean untilNow) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration EDGE = Duration.ofSeconds(1);

    /** The window of the next sweep. */
    static Window next(PollState state, Instant now, Duration overlap, Duration firstWindow) {
        Instant sweptUntil = state.sweptUntil();
        Duration span = state.span();
        if (sweptUntil == null) {
            return new Window(now.minus(firstWindow), now, true);
        }
        // While catching up, one window begins where the one before ended: with the overlap it might never get ahead.
        Instant from = sweptUntil.minus(span == null ? overlap : EDGE);
        Instant to = span == null ? now : from.plus(span);
        return to.isBefore(now) ? new Window(from, to, false) : new Window(from, now, true);
    }

    /** Where the next sweep begins, and how long it is, after this one saw all. */
    Progress seen() {
        return untilNow ? new Progress(to, null) : new Progress(to, length().multipliedBy(2));
    }

    /** The same after this one saw a part. */
    Progress seenInPart() {
        Duration half = length().dividedBy(2);
        return new Progress(from.plus(EDGE), half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
    }

    /** Whether a shorter window makes no sense. */
    boolean shortest() {
        return length().compareTo(SHORTEST) <= 0;
    }

    private Duration length() {
        return Duration.between(from, to);
    }

    /**
     * How far a form is swept.
     *
     * @param sweptUntil end of what was seen
     * @param span longest window of the next sweep; null: up to now
     */
    record Progress(Instant sweptUntil, @Nullable Duration span) {}
}
