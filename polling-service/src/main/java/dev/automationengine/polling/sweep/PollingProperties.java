package dev.automationengine.polling.sweep;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sweeping forms.
 *
 * @param interval pause between two sweeps of a form, a tenth more or less at random
 * @param overlap how far a sweep looks back behind the end of the last one: Graph may show a lead late
 * @param firstWindow how far the first sweep of a form looks back; short, for whoever switches a workflow on does not
 *     expect it to write to the leads of yesterday
 * @param maxPages most pages of 100 leads in one sweep; if there are more, the next one looks at half the time
 * @param parallel most forms that this replica sweeps at the same time
 * @param lease how long a replica holds a form between two pages; longer than a call of Graph and of Kafka
 * @param backOff pause after a first failure; doubles with each further one
 * @param maxBackOff longest pause after a failure
 * @param webhookCheck pause between two looks whether Meta tells the app of a page's leads
 * @param webhookRetry the same while it does not
 * @param idle pause of a replica that has no form to sweep
 * @param retention how long the state of a form is kept that no active workflow names
 */
@Validated
@ConfigurationProperties("engine.polling")
record PollingProperties(
        @DefaultValue("5m") @DurationMin(millis = 1) Duration interval,
        @DefaultValue("10m") @DurationMin(seconds = 0) Duration overlap,
        @DefaultValue("10m") @DurationMin(seconds = 0) Duration firstWindow,
        @DefaultValue("50") @Min(1) @Max(1000) int maxPages,
        @DefaultValue("8") @Min(1) @Max(1000) int parallel,
        @DefaultValue("2m") @DurationMin(seconds = 1) Duration lease,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration backOff,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration maxBackOff,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration webhookCheck,
        @DefaultValue("10m") @DurationMin(millis = 1) Duration webhookRetry,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration idle,
        @DefaultValue("7d") @DurationMin(minutes = 1) Duration retention) {}
