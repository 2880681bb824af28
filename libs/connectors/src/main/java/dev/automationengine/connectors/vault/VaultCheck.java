package dev.automationengine.connectors.vault;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Stops the start of a service whose master key is wrong. If MongoDB or the key server is away at that moment the service starts, is not
 * ready, and is checked at the first use of a credential or by the next readiness probe.
 */
final class VaultCheck implements SmartLifecycle, HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(VaultCheck.class);

    private final Canary canary;
    private volatile boolean running;

    VaultCheck(Canary canary) {
        this.canary = canary;
    }

    @Override
    public void start() {
        try {
            canary.check();
        } catch (DataAccessException e) {
            LOG.warn("MongoDB or the key server is away: the master key is checked later ({})", e.getMessage());
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that may use a credential. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public Health health() {
        try {
            canary.check();
            return Health.up().build();
        } catch (WrongMasterKeyException e) {
            return Health.down().withDetail("reason", "wrong master key").build();
        } catch (DataAccessException e) {
            return Health.outOfService()
                    .withDetail("reason", "the master key is not checked yet: MongoDB or the key server is away")
                    .build();
        }
    }
}
