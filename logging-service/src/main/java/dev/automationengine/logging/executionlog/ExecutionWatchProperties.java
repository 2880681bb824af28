package dev.automationengine.logging.executionlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How executions are watched live.
 *
 * @param maxWatchers how many may watch at a time, for each replica; more get 503
 * @param poll time between two looks at an execution
 * @param heartbeat time after which a silent stream says that it lives
 * @param maxDuration how long a stream lasts; below the gateway's {@code engine.proxy.response-timeout}, the watcher
 *     comes again by itself with {@code Last-Event-ID}
 */
@ConfigurationProperties("engine.execution-watch")
record ExecutionWatchProperties(
        @DefaultValue("200") int maxWatchers,
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("25s") Duration maxDuration) {}
