package dev.automationengine.connectors.vault;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a credential becomes; its id and kind stay.
 *
 * @param expectedRev the change is made to this revision only; null: to any
 * @param name the name for people
 * @param attributes what is not secret
 * @param secrets what is; null: as before
 * @param overlap how long the secrets before are kept beside the new ones; zero: not at all
 */
public record CredentialChange(
        @Nullable Long expectedRev,
        String name,
        Map<String, String> attributes,
        @Nullable Map<String, String> secrets,
        Duration overlap) {
    /** Copies the maps. */
    public CredentialChange {
        attributes = Map.copyOf(attributes);
        secrets = secrets == null ? null : Map.copyOf(secrets);
    }

    /** What becomes of it. */
    public sealed interface Outcome {
        /** The credential is changed. */
        record Changed(CredentialSummary summary) implements Outcome {}

        /** The organization has none of that id. */
        record Missing() implements Outcome {}

        /** Somebody else changed it; {@code rev} is its revision now. */
        record Conflict(long rev) implements Outcome {}
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "CredentialChange[expectedRev=" + expectedRev + "]";
    }
}
