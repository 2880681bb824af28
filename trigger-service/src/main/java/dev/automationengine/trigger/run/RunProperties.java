package dev.automationengine.trigger.run;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Runs by hand.
 *
 * @param maxBody most bytes of a request; its input travels in the event and in every snapshot of its execution
 */
@ConfigurationProperties("engine.run")
record RunProperties(@DefaultValue("256KB") DataSize maxBody) {}
