package dev.automationengine.kit.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/** Makes limiters that the replicas of a service share. It has a connection of its own, with short patience. */
public final class RateLimiters implements AutoCloseable {
    private final RedissonClient redisson;
    private final RateLimiterProperties properties;
    private final RateLimiter.Shared shared;
    private final InstantSource clock;
    private final MeterRegistry meters;

    /**
     * Connects in the background.
     *
     * @param redisson closed with this
     * @param redisClock tells Redis the time; null: Redis has its own, the same for all replicas
     */
    RateLimiters(
            RedissonClient redisson,
            RateLimiterProperties properties,
            InstantSource clock,
            @Nullable InstantSource redisClock,
            MeterRegistry meters) {
        this.redisson = redisson;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
        LimitStore store = new LimitStore(redisson, properties.timeout(), redisClock);
        this.shared = new RateLimiter.Shared(store, new RedisReach(store, properties.probeInterval(), clock, meters));
        shared.reach().start();
    }

    /**
     * A limiter. Those of the same name share their counts, in whatever service.
     *
     * @param name what is limited: a label of metrics and a part of keys
     * @param window for how long is counted, in whole seconds
     * @throws IllegalArgumentException if the window is shorter than a second
     */
    public RateLimiter limiter(String name, Duration window) {
        if (window.toSeconds() < 1 || window.toNanosPart() > 0) {
            throw new IllegalArgumentException("the window of a limit has whole seconds, not " + window);
        }
        return new RateLimiter(name, window, properties, shared, clock, meters);
    }

    @Override
    public void close() {
        shared.reach().stop();
        redisson.shutdown();
    }
}
