package dev.automationengine.gateway.security;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may create organizations.
 *
 * @param bootstrapToken secret of the operator, 32 or more characters
 */
@ConfigurationProperties("engine")
record BootstrapProperties(String bootstrapToken) {
    private static final int SHORTEST = 32;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if the token is missing or short enough to be guessed
     */
    BootstrapProperties {
        if (bootstrapToken == null || bootstrapToken.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "engine.bootstrap-token (ENGINE_BOOTSTRAP_TOKEN): needs at least " + SHORTEST + " characters");
        }
    }

    @Override
    public String toString() {
        return "BootstrapProperties[***]";
    }
}
