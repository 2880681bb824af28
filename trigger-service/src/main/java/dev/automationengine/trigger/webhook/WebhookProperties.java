package dev.automationengine.trigger.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Generic webhooks.
 *
 * @param maxBody most bytes of a call's body; it travels in the event and in every snapshot of its executions
 */
@ConfigurationProperties("engine.webhook")
record WebhookProperties(@DefaultValue("256KB") DataSize maxBody) {}
