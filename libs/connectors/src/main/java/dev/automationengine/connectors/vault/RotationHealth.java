package dev.automationengine.connectors.vault;

import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;

/** Shows operators how far a rotation is: member {@code vaultRotation} of {@code /health}; no part of readiness. */
final class RotationHealth implements HealthIndicator {
    private final KeyRotation rotation;

    RotationHealth(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public Health health() {
        try {
            Optional<RotationState> found = rotation.state();
            return found.map(RotationHealth::shown)
                    .orElseGet(() -> Health.up().withDetail("state", "none yet").build());
        } catch (DataAccessException e) {
            return Health.unknown().withDetail("reason", "MongoDB is away").build();
        }
    }

    private static Health shown(RotationState state) {
        Health.Builder health = Health.up()
                .withDetail("state", state.completedAt() == null ? "running" : "completed")
                .withDetail("goal", state.goal())
                .withDetail("wrapped", state.counts().wrapped())
                .withDetail("encrypted", state.counts().encrypted())
                .withDetail("failed", state.counts().failed())
                .withDetail("started_at", state.startedAt().toString());
        if (state.completedAt() == null) {
            health.withDetail("after", state.after());
        } else {
            health.withDetail("completed_at", state.completedAt().toString());
        }
        return health.build();
    }
}
