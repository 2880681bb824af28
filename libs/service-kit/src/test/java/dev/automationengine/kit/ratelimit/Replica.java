package dev.automationengine.kit.ratelimit;

import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.redis.RedisCheck;
import dev.automationengine.kit.redis.RedisClients;
import dev.automationengine.kit.redis.RedisProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process of a service that has limits. */
final class Replica implements AutoCloseable {
    static final String ORG = "org_1";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimiters limiters;
    private final RateLimiter limiter;

    private Replica(String redis, Duration timeout, Duration window, InstantSource clock, boolean redisAsksClock) {
        RateLimiterProperties properties =
                new RateLimiterProperties(true, timeout, Duration.ofMillis(50), 4, 100, 1_000);
        @Nullable InstantSource redisClock = redisAsksClock ? clock : null;
        this.limiters = new RateLimiters(
                RedisClients.lazy(
                        new RedisProperties(List.of(redis), null, null, 4, RedisCheck.WARN, Duration.ofSeconds(10)), 4),
                properties,
                clock,
                redisClock,
                meters);
        this.limiter = limiters.limiter("test", window);
    }

    /** With a clock of the test's, for Redis, too. */
    static Replica start(String redis, Duration timeout, Duration window, InstantSource clock) {
        return new Replica(redis, timeout, window, clock, true).reached();
    }

    /** While Redis is away. */
    static Replica startAlone(String redis) {
        return new Replica(redis, Duration.ofSeconds(1), Duration.ofSeconds(10), InstantSource.system(), false);
    }

    /** With real clocks. */
    static Replica start(String redis, Duration timeout, Duration window) {
        return new Replica(redis, timeout, window, InstantSource.system(), false).reached();
    }

    Replica reached() {
        await().atMost(SOON).until(() -> !away());
        return this;
    }

    Verdict count(Limit... limits) {
        return limiter.count(ORG, List.of(limits));
    }

    boolean knowsARefusal(Limit... limits) {
        return limiter.refusal(ORG, List.of(limits)).isPresent();
    }

    /** Calls until one is refused; gives how many passed. */
    int untilRefused(Limit... limits) {
        int passed = 0;
        while (count(limits).passes()) {
            passed++;
        }
        return passed;
    }

    double alone() {
        return meters.counter("engine.limiter.alone", "limiter", "test").count();
    }

    double leases() {
        return meters.counter("engine.limiter.leases", "limiter", "test").count();
    }

    boolean away() {
        return meters.get("engine.limiter.redis.away").gauge().value() == 1;
    }

    @Override
    public void close() {
        limiters.close();
    }
}
