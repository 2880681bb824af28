package dev.automationengine.gateway.ratelimit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests callers may send. Each replica of the gateway counts for itself. Webhooks are not limited: a lead
 * must not be lost for the number of those before it.
 *
 * @param window the time for which requests are counted, in whole seconds
 * @param perKey requests of one API key in a window
 * @param perOrganization requests of all keys of an organization in a window
 */
@ConfigurationProperties("engine.rate-limits")
record RateLimitProperties(
        @DefaultValue("10s") Duration window,
        @DefaultValue("2000") long perKey,
        @DefaultValue("6000") long perOrganization) {
    /** Checks the numbers. */
    RateLimitProperties {
        if (window.toSeconds() < 1 || perKey < 1 || perOrganization < 1) {
            throw new IllegalArgumentException("engine.rate-limits must be 1 or more, and the window 1s or more");
        }
    }
}
