package dev.automationengine.connectors.vault;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the vault. A service has a vault if {@code engine.vault.master-key} is set, even to nothing: then it
 * refuses to start.
 *
 * @param masterKey {@code keyId:base64} of 32 bytes each, newest first; the newest encrypts, all of them decrypt
 * @param owner whether this service may write credentials; just worker-service
 * @param cacheFor how long a decrypted credential stays in memory
 * @param cacheSize most decrypted credentials in memory
 */
@Validated
@ConfigurationProperties("engine.vault")
public record VaultProperties(
        @NotEmpty(message = "no master key: set ENGINE_MASTER_KEY to keyId:base64 of 32 random bytes") @DefaultValue
        List<String> masterKey,

        @DefaultValue("false") boolean owner,
        @DefaultValue("30s") Duration cacheFor,
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int cacheSize) {
    /** Copies the list. */
    public VaultProperties {
        masterKey = List.copyOf(masterKey);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "VaultProperties[masterKey=***, owner=" + owner + "]";
    }
}
