package dev.automationengine.kit.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What this replica let pass, in windows that begin for everybody at the same time. It holds while Redis is away. */
final class LocalCounts {
    private final Duration window;
    private final InstantSource clock;
    private final LoadingCache<Counted, AtomicLong> counts;

    LocalCounts(Duration window, InstantSource clock, long mostRemembered) {
        this.window = window;
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .maximumSize(mostRemembered)
                .expireAfterWrite(window.multipliedBy(2))
                .build(counted -> new AtomicLong());
    }

    /** Counts a call. What one limit refuses takes nothing from those behind it. */
    Verdict count(String group, List<Limit> limits) {
        long now = clock.millis();
        long number = now / window.toMillis();
        long reset = Math.ceilDiv((number + 1) * window.toMillis() - now, 1_000L);
        String nearest = limits.getFirst().name();
        long remaining = Long.MAX_VALUE;
        for (Limit limit : limits) {
            long rest = limit.permits()
                    - counts.get(new Counted(group, limit.field(), number)).incrementAndGet();
            if (rest < 0) {
                return new Verdict(false, limit.name(), 0, reset);
            }
            if (rest < remaining) {
                nearest = limit.name();
                remaining = rest;
            }
        }
        return new Verdict(true, nearest, remaining, reset);
    }

    private record Counted(String group, String field, long window) {}
}
