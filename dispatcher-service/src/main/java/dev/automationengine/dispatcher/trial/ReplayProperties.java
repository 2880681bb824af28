package dev.automationengine.dispatcher.trial;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of replays.
 *
 * @param interval pause between looks for pages that are due
 * @param lease how long a page may take before another replica takes it over
 * @param page most events of a page without effects; a live page has as many as are started in a second
 * @param retention how long a replay and its results are kept
 */
@Validated
@ConfigurationProperties("engine.replay")
record ReplayProperties(
        @DefaultValue("1s") Duration interval,
        @DefaultValue("1m") Duration lease,
        @Min(1) @DefaultValue("25") int page,
        @DefaultValue("30d") Duration retention) {}
