package dev.automationengine.gateway.login;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody comes or goes. It is heard by listeners of this process before the caller gets an answer, and before a session
 * begins; a listener that throws ends the request.
 *
 * @param org the user's organization
 * @param user the user whose account it is, whoever tried
 * @param kind what happens
 * @param provider the OpenID Connect provider, by its issuer, that says who it is; null if we do
 */
public record SignInEvent(
        OrgId org, UserId user, Kind kind, @Nullable String provider) {
    /** Somebody whom we know ourselves, by password or refresh token. */
    public SignInEvent(OrgId org, UserId user, Kind kind) {
        this(org, user, kind, null);
    }

    /** Somebody comes with a token of a provider that this process has not seen before. */
    public static SignInEvent by(String provider, OrgId org, UserId user) {
        return new SignInEvent(org, user, Kind.SIGNED_IN, provider);
    }

    /** What happens. */
    public enum Kind {
        /** A session begins. */
        SIGNED_IN,
        /** The password was wrong. */
        REFUSED,
        /** A refresh token came a second time, so its session ends. */
        REFRESH_REUSED,
        /** A session ends because its user wants it. */
        SIGNED_OUT
    }
}
