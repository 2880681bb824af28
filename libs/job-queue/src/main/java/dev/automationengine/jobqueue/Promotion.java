package dev.automationengine.jobqueue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@link JobQueue#promote} did.
 *
 * @param promoted how many jobs became ready
 * @param nextDueAt when the next delayed job is due or the next limited one may go, by the clock of Redis; in the past
 *     if more are due already; null if none waits
 */
public record Promotion(int promoted, @Nullable Instant nextDueAt) {}
