package dev.automationengine.trigger.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Generic webhooks.
 *
 * @param maxBody most bytes of a call's body
 */
@ConfigurationProperties("engine.webhook")
record WebhookProperties(@DefaultValue("1MB") DataSize maxBody) {}
