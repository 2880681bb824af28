package dev.automationengine.logging.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long it is kept what became of messages.
 *
 * @param retention where the organization does not say how long its executions are kept
 */
@ConfigurationProperties("engine.message-deliveries")
record DeliveryProperties(@DefaultValue("30d") Duration retention) {}
