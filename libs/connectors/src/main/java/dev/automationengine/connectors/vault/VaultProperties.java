package dev.automationengine.connectors.vault;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the vault. A service has a vault if {@code engine.vault.master-key} is set, even to nothing: then it
 * refuses to start.
 *
 * @param masterKey newest first; the newest encrypts, all of them decrypt: {@code keyId:base64} of 32 bytes,
 *     {@code file:PATH} of a file with one such entry a line, {@code transit:NAME} of a key in HashiCorp Vault
 * @param owner whether this service may write credentials; just worker-service
 * @param cacheFor how long a decrypted credential stays in memory, and serves while the database is away
 * @param cacheSize most decrypted credentials in memory
 * @param checkEvery pause between two looks whether credentials in memory have changed; a change is seen within twice
 *     this time
 * @param transit where HashiCorp Vault is, if it keeps a master key
 * @param rotation how keys are replaced
 */
@Validated
@ConfigurationProperties("engine.vault")
public record VaultProperties(
        @NotEmpty(message = "no master key: set ENGINE_MASTER_KEY to keyId:base64 of 32 random bytes") @DefaultValue
        List<String> masterKey,

        @DefaultValue("false") boolean owner,
        @DefaultValue("30s") Duration cacheFor,
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int cacheSize,
        @DefaultValue("1s") Duration checkEvery,
        @Valid @Nullable Transit transit,
        @DefaultValue Rotation rotation) {
    /** Copies the list. */
    public VaultProperties {
        masterKey = List.copyOf(masterKey);
    }

    /**
     * HashiCorp Vault's transit engine.
     *
     * @param url of the server, without path
     * @param mount where the engine is mounted
     * @param tokenFile holds the token; read at each call, so that an agent can renew it
     * @param timeout of connecting and of answers
     */
    public record Transit(
            URI url,
            @DefaultValue("transit") String mount,
            Path tokenFile,
            @DefaultValue("2s") Duration timeout) {}

    /**
     * How the owner replaces keys in the background. Master keys need no setting: what is wrapped by another than the
     * newest is wrapped again.
     *
     * @param every pause between two looks whether there is something to do
     * @param again how long a finished pass counts as finished: then all is looked through again
     * @param lease how long the pass of a process that died holds the others up
     * @param dataKeysBefore data keys made before this instant are replaced; null: only by age
     * @param dataKeyAge data keys older than this are replaced; zero: none
     * @param keepRetired how long a data key that encrypts nothing any more is kept, for a write that is still under way
     */
    public record Rotation(
            @DefaultValue("1m") Duration every,
            @DefaultValue("1h") Duration again,
            @DefaultValue("30s") Duration lease,
            @Nullable Instant dataKeysBefore,
            @DefaultValue("0s") Duration dataKeyAge,
            @DefaultValue("24h") Duration keepRetired) {}

    /** Without the keys. */
    @Override
    public String toString() {
        return "VaultProperties[masterKey=***, owner=" + owner + "]";
    }
}
