package dev.automationengine.kit.security;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The secrets between the gateway and the services.
 *
 * @param internalTokenKeys secrets of 32 or more characters that internal tokens are signed with, newest first; older
 *     ones still verify, so that they can be changed without a pause
 */
@Validated
@ConfigurationProperties("engine.security")
public record SecurityProperties(@NotEmpty List<String> internalTokenKeys) {
    private static final int SHORTEST = 32;

    /**
     * Checks the length: HS256 needs 256 bits.
     *
     * @throws IllegalArgumentException if a secret is too short
     */
    public SecurityProperties {
        if (internalTokenKeys.stream().anyMatch(key -> key.length() < SHORTEST)) {
            throw new IllegalArgumentException("engine.security.internal-token-keys (ENGINE_INTERNAL_TOKEN_KEYS): "
                    + "each needs at least " + SHORTEST + " characters");
        }
    }

    @Override
    public String toString() {
        return "SecurityProperties[" + internalTokenKeys.size() + " keys]";
    }
}
