package dev.automationengine.logging.executionlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is kept of executions, and how long.
 *
 * @param retention how long an execution is kept after its last change
 * @param maxPayload largest input, output or trigger that is kept; larger ones are replaced by their size
 */
@ConfigurationProperties("engine.execution-logs")
record ExecutionLogProperties(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("64KB") DataSize maxPayload) {}
