package dev.automationengine.kit.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits calls in windows of fixed length that begin at the same time for all replicas.
 *
 * <p>While Redis answers, all replicas together let pass no more than the limit in a window. A replica takes permits in
 * leases, at most a twentieth of what remains, as many as {@link Lease a fifth of a second} needs; what it does not use
 * is lost with the window, so the limit may be reached early by that much. While Redis is away each replica holds the
 * limits for itself: n replicas let up to n times as much pass. What passed meanwhile is told to Redis when it is back.
 */
public final class RateLimiter {
    private final String name;
    private final Duration window;
    private final RateLimiterProperties properties;
    private final Shared shared;
    private final InstantSource clock;
    private final LocalCounts counts;
    private final LoadingCache<Holder, Slot> slots;
    private final Counter leases;
    private final Counter alone;
    private final MeterRegistry meters;

    RateLimiter(
            String name,
            Duration window,
            RateLimiterProperties properties,
            Shared shared,
            InstantSource clock,
            MeterRegistry meters) {
        this.name = name;
        this.window = window;
        this.properties = properties;
        this.shared = shared;
        this.clock = clock;
        this.counts = new LocalCounts(window, clock, properties.mostRemembered());
        this.slots = Caffeine.newBuilder()
                .maximumSize(properties.mostRemembered())
                .expireAfterAccess(window.multipliedBy(2))
                .build(holder -> new Slot(new Lease(holder.limits(), window.toMillis(), properties.mostLeased())));
        this.leases = meters.counter("engine.limiter.leases", "limiter", name);
        this.alone = meters.counter("engine.limiter.alone", "limiter", name);
        this.meters = meters;
    }

    /**
     * Counts a call, of all its limits or of none. It waits for Redis only if this replica has no permit left, and
     * never longer than {@code engine.limiter.timeout}.
     *
     * @param group whose limits these are, an organization as a rule
     * @param limits the limits, at least one, the narrowest first; in the same order for all calls of a kind
     */
    public Verdict count(String group, List<Limit> limits) {
        Slot slot = slots.get(new Holder(group, limits));
        Verdict verdict = byLease(slot, group, limits);
        if (verdict == null) {
            alone.increment();
            verdict = counts.count(group, limits);
            if (verdict.passes()) {
                slot.owe();
            }
        } else if (verdict.passes()) {
            // So that this replica knows what it let pass, should Redis go away now.
            counts.count(group, limits);
        }
        if (!verdict.passes()) {
            meters.counter("engine.limiter.refused", "limiter", name, "limit", verdict.limit())
                    .increment();
        }
        return verdict;
    }

    /** Whether it is known, without asking, that a call would be refused. Counts nothing. */
    public Optional<Verdict> refusal(String group, List<Limit> limits) {
        Slot slot = slots.getIfPresent(new Holder(group, limits));
        return slot == null ? Optional.empty() : slot.refusal(clock.millis());
    }

    /** The limits as the header {@code RateLimit-Policy} tells them (draft-ietf-httpapi-ratelimit-headers). */
    public String policy(List<Limit> limits) {
        return limits.stream()
                .map(limit -> "\"" + limit.name() + "\";q=" + limit.permits() + ";w=" + window.toSeconds())
                .collect(Collectors.joining(", "));
    }

    /** Null if this replica has to decide alone. */
    private @Nullable Verdict byLease(Slot slot, String group, List<Limit> limits) {
        return slot.alone(properties.timeout(), (lease, waiting) -> {
            Optional<Verdict> known = lease.take(clock.millis());
            return known.isPresent() || !shared.reach().reached()
                    ? known.orElse(null)
                    : byRedis(lease, waiting, new Group(name, group, window), limits);
        });
    }

    private @Nullable Verdict byRedis(Lease lease, int waiting, Group group, List<Limit> limits) {
        long now = clock.millis();
        leases.increment();
        try {
            Grant grant = shared.store().lease(group, limits, waiting, lease.wanted(now), lease.settle());
            lease.given(grant, now);
            return lease.take(now).orElse(null);
        } catch (AwayException e) {
            shared.reach().lost(e);
            return null;
        }
    }

    /**
     * What all limiters of a replica have in common.
     *
     * @param store the counts in Redis
     * @param reach whether they can be reached
     */
    record Shared(LimitStore store, RedisReach reach) {}

    private record Holder(String group, List<Limit> limits) {}
}
