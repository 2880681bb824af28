package dev.automationengine.gateway.apikey;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How API keys are kept.
 *
 * @param usageInterval how often the times of last use are written, all at once
 */
@ConfigurationProperties("engine.api-keys")
record ApiKeyProperties(@DefaultValue("1m") Duration usageInterval) {}
