package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces keys while everything runs: goes over all organizations in small batches and keeps its place, so that a
 * process that dies costs one batch.
 */
final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int BATCH = 200;

    private final DataKeys dataKeys;
    private final OrganizationRotation organization;
    private final RotationLedger ledger;
    private final Canary canary;
    private final VaultProperties.Rotation settings;
    private final String newest;
    private final InstantSource clock;
    private final Counter wrapped;
    private final Counter encrypted;
    private final Counter failed;
    private final AtomicInteger running = new AtomicInteger();

    KeyRotation(
            DataKeys dataKeys,
            OrganizationRotation organization,
            RotationLedger ledger,
            Canary canary,
            MasterKeys masterKeys,
            VaultProperties.Rotation settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.dataKeys = dataKeys;
        this.organization = organization;
        this.ledger = ledger;
        this.canary = canary;
        this.newest = masterKeys.newest();
        this.settings = settings;
        this.clock = clock;
        this.wrapped = meters.counter("engine.vault.rotation", "what", "wrapped");
        this.encrypted = meters.counter("engine.vault.rotation", "what", "encrypted");
        this.failed = meters.counter("engine.vault.rotation", "what", "failed");
        Gauge.builder("engine.vault.rotation.running", running, AtomicInteger::get)
                .register(meters);
    }

    /** Runs or resumes a pass, unless there is nothing to do or another process is at it. */
    void run() {
        canary.check();
        if (isDone(ledger.read()) || !ledger.take()) {
            return;
        }
        running.set(1);
        try {
            RotationState begun = ledger.read()
                    .filter(state -> state.goal().equals(goal()) && state.completedAt() == null)
                    .orElseGet(() -> RotationState.start(goal(), clock.instant()));
            complete(pass(begun));
        } finally {
            running.set(0);
            ledger.release();
        }
    }

    private RotationState pass(RotationState begun) {
        RotationState state = begun;
        ledger.write(state);
        while (true) {
            List<OrgId> next = dataKeys.organizations(state.after(), BATCH);
            if (next.isEmpty()) {
                return state;
            }
            for (OrgId org : next) {
                RotationCounts counts = organization.run(org, ledger::beat);
                wrapped.increment(counts.wrapped());
                encrypted.increment(counts.encrypted());
                failed.increment(counts.failed());
                state = state.done(org.value(), counts);
                ledger.write(state);
            }
        }
    }

    private void complete(RotationState state) {
        // Before it counts as completed: whoever reads that may take old master keys away.
        if (state.counts().failed() == 0) {
            canary.forgetOthers();
        }
        ledger.write(state.completed(clock.instant()));
        if (!state.counts().equals(RotationCounts.NONE)) {
            LOG.info("Keys are rotated ({}): {}", state.goal(), state.counts());
        }
    }

    private boolean isDone(Optional<RotationState> state) {
        Instant since = clock.instant().minus(settings.again());
        return state.filter(last -> last.goal().equals(goal()))
                .map(RotationState::completedAt)
                .filter(completed -> completed.isAfter(since))
                .isPresent();
    }

    private String goal() {
        return "master key " + newest + ", data keys since " + settings.dataKeysBefore() + " and no older than "
                + settings.dataKeyAge();
    }

    /** The state of the last pass. */
    Optional<RotationState> state() {
        return ledger.read();
    }
}
