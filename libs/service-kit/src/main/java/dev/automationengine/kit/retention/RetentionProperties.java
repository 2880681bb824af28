package dev.automationengine.kit.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The deletion of what is over.
 *
 * @param interval time between two looks
 * @param batch most documents that one call deletes
 * @param mostBatches most calls for a collection in one look: a backlog does not take the database from everybody else
 */
@Validated
@ConfigurationProperties("engine.retention")
record RetentionProperties(
        @DefaultValue("10m") Duration interval,
        @Min(1) @Max(10_000) @DefaultValue("500") int batch,
        @Min(1) @DefaultValue("100") int mostBatches) {}
