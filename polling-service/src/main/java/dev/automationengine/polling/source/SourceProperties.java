package dev.automationengine.polling.source;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Looking at sources.
 *
 * @param interval pause between two looks where the trigger names none
 * @param shortest shortest pause between two looks, whatever the trigger says, and after a look that found something
 * @param parallel most looks of this replica at the same time
 * @param lease how long a replica holds a source between two pages; longer than a call of the source and of Kafka
 * @param timeout how long a call of the source may take
 * @param overlap how far a look by time goes back behind the last one: a source may show a change late
 * @param maxPages most pages in one look
 * @param maxItems most items of a source that tells no order of time: what was seen of them is remembered
 * @param backOff pause after a first failure; doubles with each further one
 * @param maxBackOff longest pause after a failure
 * @param idle pause of a replica with nothing to do
 * @param retention how long it is remembered where a source stood that no active workflow names
 * @param connectorSettings values that replace settings of connector manifests, as {@code engine.worker.connector-settings}
 */
@Validated
@ConfigurationProperties("engine.polling.sources")
record SourceProperties(
        @DefaultValue("5m") @DurationMin(millis = 1) Duration interval,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration shortest,
        @DefaultValue("8") @Min(1) @Max(1000) int parallel,
        @DefaultValue("2m") @DurationMin(seconds = 1) Duration lease,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("1m") @DurationMin(seconds = 0) Duration overlap,
        @DefaultValue("20") @Min(1) @Max(1000) int maxPages,
        @DefaultValue("10000") @Min(1) @Max(100_000) int maxItems,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration backOff,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration maxBackOff,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration idle,
        @DefaultValue("7d") @DurationMin(minutes = 1) Duration retention,
        @DefaultValue Map<String, String> connectorSettings) {
    SourceProperties {
        connectorSettings = Map.copyOf(connectorSettings);
    }
}
