package dev.automationengine.gateway.login;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people sign in.
 *
 * @param accessTokenKeys secrets of 32 or more characters that access tokens are signed with, newest first; older ones
 *     still verify, so that they can be changed without a pause
 * @param accessTokenLifetime how long an access token is valid
 * @param idle after which time without a refresh a session ends
 * @param longest after which time a session ends however much it is used
 * @param sessionsPerUser how many sessions a user may have; the one unused longest ends for a new one
 * @param window the time in which failed attempts are counted
 * @param attemptsPerAccount failed attempts with one address of a user in a window
 * @param attemptsPerAddress failed attempts from one network address in a window, whosever
 */
@Validated
@ConfigurationProperties("engine.login")
record LoginProperties(
        @NotEmpty List<String> accessTokenKeys,
        @DefaultValue("10m") Duration accessTokenLifetime,
        @DefaultValue("14d") Duration idle,
        @DefaultValue("90d") Duration longest,
        @DefaultValue("50") int sessionsPerUser,
        @DefaultValue("15m") Duration window,
        @DefaultValue("10") int attemptsPerAccount,
        @DefaultValue("100") int attemptsPerAddress) {
    private static final int SHORTEST = 32;

    /**
     * Checks the length: HS256 needs 256 bits.
     *
     * @throws IllegalArgumentException if a secret is too short
     */
    LoginProperties {
        if (accessTokenKeys.stream().anyMatch(key -> key.length() < SHORTEST)) {
            throw new IllegalArgumentException("engine.login.access-token-keys (ENGINE_ACCESS_TOKEN_KEYS): "
                    + "each needs at least " + SHORTEST + " characters");
        }
        accessTokenKeys = List.copyOf(accessTokenKeys);
    }

    @Override
    public String toString() {
        return "LoginProperties[" + accessTokenKeys.size() + " keys]";
    }
}
