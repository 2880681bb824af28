package dev.automationengine.trigger.lead;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Fetching leads.
 *
 * @param shortDelay pause after each of the first three failures
 * @param mediumDelay pause after each of the next five
 * @param longDelay pause after every further one, and while a credential does not work
 * @param giveUpAfter how long a lead is tried; then it goes to the dead-letter topic
 * @param parallelCalls most calls of Graph at the same time
 */
@ConfigurationProperties("engine.lead-fetch")
record LeadProperties(
        @DefaultValue("5s") Duration shortDelay,
        @DefaultValue("1m") Duration mediumDelay,
        @DefaultValue("15m") Duration longDelay,
        @DefaultValue("48h") Duration giveUpAfter,
        @DefaultValue("16") int parallelCalls) {}
