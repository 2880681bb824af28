package dev.automationengine.trigger.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls of webhooks are taken, by all replicas together: far more than anybody needs, so that one sender that
 * loops does not use up what all organizations share. Meta's deliveries are not limited.
 *
 * @param window the time for which calls are counted, in whole seconds
 * @param perPath calls of one path in a window
 * @param perOrganization calls of all paths of an organization in a window
 */
@ConfigurationProperties("engine.webhook-limits")
record WebhookLimitProperties(
        @DefaultValue("10s") Duration window,
        @DefaultValue("5000") long perPath,
        @DefaultValue("10000") long perOrganization) {
    /** Checks the numbers. */
    WebhookLimitProperties {
        if (perPath < 1 || perOrganization < 1) {
            throw new IllegalArgumentException("engine.webhook-limits must be 1 or more");
        }
    }
}
