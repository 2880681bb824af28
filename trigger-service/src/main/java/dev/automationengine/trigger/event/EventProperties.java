package dev.automationengine.trigger.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The archive of events.
 *
 * @param retention how long an event is kept; longer than any source repeats itself (Meta: 36 hours)
 */
@ConfigurationProperties("engine.events")
record EventProperties(@DefaultValue("30d") Duration retention) {}
