package dev.automationengine.kit.ratelimit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the replicas of a service share limits.
 *
 * @param enabled whether the service has limits; others open no connection
 * @param timeout how long a call waits for Redis at most; later than that it is counted by this replica alone
 * @param probeInterval how often a Redis that was away is asked whether it is back
 * @param connections most connections to Redis, besides those of the job queue
 * @param mostLeased most permits that a replica takes at once for one caller
 * @param mostRemembered most callers that a replica remembers
 */
@ConfigurationProperties("engine.limiter")
record RateLimiterProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("25ms") Duration timeout,
        @DefaultValue("1s") Duration probeInterval,
        @DefaultValue("4") int connections,
        @DefaultValue("100") int mostLeased,
        @DefaultValue("50000") int mostRemembered) {
    /** Checks the numbers. */
    RateLimiterProperties {
        if (timeout.toMillis() < 1
                || probeInterval.toMillis() < 1
                || connections < 1
                || mostLeased < 1
                || mostRemembered < 1) {
            throw new IllegalArgumentException("engine.limiter: every number must be 1 or more");
        }
    }
}
