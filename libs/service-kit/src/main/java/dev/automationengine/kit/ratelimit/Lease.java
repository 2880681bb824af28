package dev.automationengine.kit.ratelimit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a replica may let pass of one caller without asking. Not for several threads at a time.
 *
 * <p>Its size follows the demand: a lease should last {@value #TARGET_MILLIS} ms. So a caller that calls seldom costs
 * one question each time and holds nothing that it does not need, and a busy one costs about five in a second.
 */
final class Lease {
    private static final long TARGET_MILLIS = 200;
    private static final long FASTEST_GROWTH = 4;

    private final List<Limit> limits;
    private final long window;
    private final long most;
    private final AtomicLong owed = new AtomicLong();
    private long endsAt;
    private long left;
    private long lastGiven = 1;
    private long lastGivenAt;
    private @Nullable Grant lastGrant;

    /**
     * Nothing yet.
     *
     * @param limits the limits, the narrowest first
     * @param window length of a window in ms
     * @param most most permits at a time
     */
    Lease(List<Limit> limits, long window, long most) {
        this.limits = limits;
        this.window = window;
        this.most = most;
    }

    /** Takes a permit; empty if Redis has to be asked first. */
    Optional<Verdict> take(long now) {
        Optional<Verdict> refusal = refusal(now);
        if (refusal.isPresent() || left == 0 || lastGrant == null) {
            return refusal;
        }
        left--;
        return Optional.of(nearest(lastGrant, now));
    }

    /** Whether it is known that nothing may pass before the window ends. */
    Optional<Verdict> refusal(long now) {
        // An end further away than a window: the clock was set back.
        if (now >= endsAt || endsAt - now > window) {
            endsAt = (now / window + 1) * window;
            left = 0;
            owed.set(0);
            lastGrant = null;
        }
        return lastGrant != null && lastGrant.permits() == 0 ? Optional.of(nearest(lastGrant, now)) : Optional.empty();
    }

    /** How many permits to ask for. */
    long wanted(long now) {
        long elapsed = Math.max(1, now - lastGivenAt);
        return Math.clamp(lastGiven * TARGET_MILLIS / elapsed, 1, Math.min(most, lastGiven * FASTEST_GROWTH));
    }

    /** A call has passed without a permit. This may be told by any thread. */
    void owe() {
        owed.incrementAndGet();
    }

    /** How many calls have passed without a permit since this was asked last. Told once, even if the telling fails. */
    long settle() {
        return owed.getAndSet(0);
    }

    /** Redis answered a question of {@code askedAt}. */
    void given(Grant grant, long askedAt) {
        endsAt = askedAt + grant.endsInMillis();
        left = grant.permits();
        lastGiven = Math.max(1, grant.permits());
        lastGivenAt = askedAt;
        lastGrant = grant;
    }

    private Verdict nearest(Grant grant, long now) {
        int nearest = 0;
        for (int i = 1; i < limits.size(); i++) {
            if (grant.remaining().get(i) < grant.remaining().get(nearest)) {
                nearest = i;
            }
        }
        return new Verdict(
                grant.permits() > 0,
                limits.get(nearest).name(),
                grant.remaining().get(nearest) + left,
                Math.ceilDiv(endsAt - now, 1_000L));
    }
}
