package dev.automationengine.logging.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests about people.
 *
 * @param settle pause before an erasure looks through everything once more: longer than what was under way takes to be
 *     written
 * @param patience how long a page may take until it is asked for again
 * @param sweepInterval time between two looks for requests that have to go on
 * @param retention how long a receipt is kept after its request ended
 */
@ConfigurationProperties("engine.privacy")
record PrivacyProperties(
        @DefaultValue("30s") Duration settle,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("1s") Duration sweepInterval,
        @DefaultValue("1095d") Duration retention) {}
