package dev.automationengine.dispatcher;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the dispatcher.
 *
 * @param consumers threads that read each of the topics; more than the topics have partitions are idle
 * @param cachedOrganizations most organizations whose active workflows are kept in memory
 * @param cachedVersions most compiled versions of workflows that are kept in memory
 * @param cacheTtl how long a list of active workflows is believed, in case a change was not heard of
 * @param sweepInterval pause between looks for changes of workflows that were stored but not published
 * @param completedRetention how long an execution that completed or was filtered stays in MongoDB
 * @param failedRetention how long an execution that failed or was cancelled, and a dead letter, stays in MongoDB
 */
@Validated
@ConfigurationProperties("engine.dispatcher")
public record DispatcherProperties(
        @Min(1) @DefaultValue("3") int consumers,
        @Min(1) @DefaultValue("10000") int cachedOrganizations,
        @Min(1) @DefaultValue("5000") int cachedVersions,
        @DefaultValue("10m") Duration cacheTtl,
        @DefaultValue("5s") Duration sweepInterval,
        @DefaultValue("3d") Duration completedRetention,
        @DefaultValue("30d") Duration failedRetention) {}
