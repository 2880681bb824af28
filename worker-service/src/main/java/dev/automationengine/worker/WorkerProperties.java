package dev.automationengine.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a worker.
 *
 * @param id its name in leases and attempts; a random one if empty. Two workers must never share one
 * @param maxConcurrentJobs most jobs held at a time, from claim to reported outcome
 * @param claimBatch most jobs claimed at once
 * @param lease how long a job stays ours without renewal; renewed at a third
 * @param drain how long a stopping worker waits for its attempts to end
 * @param maxRescues a job that more workers than this fell silent with is not run again: it may be what ends them
 * @param connectorSettings values that replace settings of connector manifests, for instance {@code graph_url}
 */
@Validated
@ConfigurationProperties("engine.worker")
public record WorkerProperties(
        @DefaultValue("") String id,
        @Min(1) @Max(10_000) @DefaultValue("200") int maxConcurrentJobs,
        @Min(1) @Max(500) @DefaultValue("50") int claimBatch,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("15s") Duration drain,
        @Min(1) @Max(1000) @DefaultValue("5") int maxRescues,
        @DefaultValue Map<String, String> connectorSettings) {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    /**
     * Fills in the name.
     *
     * @throws IllegalArgumentException if the lease is shorter than a second: renewing could not keep it
     */
    public WorkerProperties {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("engine.worker.lease must be 1 s or more");
        }
        id = id.isBlank() ? "worker-" + UUID.randomUUID().toString().substring(0, 8) : id;
        connectorSettings = Map.copyOf(connectorSettings);
    }
}
