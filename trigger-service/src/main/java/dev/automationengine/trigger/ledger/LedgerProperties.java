package dev.automationengine.trigger.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The lead ledger.
 *
 * @param retention how long an entry is kept after the lead was first heard of; it holds ids and times only
 */
@ConfigurationProperties("engine.lead-ledger")
record LedgerProperties(@DefaultValue("90d") Duration retention) {}
