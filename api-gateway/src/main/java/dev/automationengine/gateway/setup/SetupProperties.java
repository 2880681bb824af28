package dev.automationengine.gateway.setup;

import dev.automationengine.gateway.user.NewUser;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the first owner comes to be, as long as there is no user at all.
 *
 * @param ownerEmail address of the owner; empty: a one-time token is written to the log instead
 * @param ownerPassword password of the owner, 12 characters or more; to be changed after the first sign-in
 * @param organization name of the owner's organization
 * @param tokenLifetime how long the one-time token may be used
 */
@ConfigurationProperties("engine.setup")
record SetupProperties(
        @DefaultValue("") String ownerEmail,
        @DefaultValue("") String ownerPassword,
        @DefaultValue("First organization") String organization,
        @DefaultValue("1h") Duration tokenLifetime) {
    /**
     * Checks that address and password belong together.
     *
     * @throws IllegalArgumentException if one is missing or the password is too short
     */
    SetupProperties {
        if (ownerEmail.isEmpty() != ownerPassword.isEmpty()) {
            throw new IllegalArgumentException(
                    "engine.setup: owner-email (ENGINE_OWNER_EMAIL) and owner-password (ENGINE_OWNER_PASSWORD) need each"
                            + " other");
        }
        if (!ownerPassword.isEmpty() && ownerPassword.length() < NewUser.SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("engine.setup.owner-password (ENGINE_OWNER_PASSWORD): needs at least "
                    + NewUser.SHORTEST_PASSWORD + " characters");
        }
    }

    @Override
    public String toString() {
        return "SetupProperties[***]";
    }
}
