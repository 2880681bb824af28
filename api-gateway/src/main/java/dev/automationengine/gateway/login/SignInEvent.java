package dev.automationengine.gateway.login;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;

/**
 * Somebody comes or goes. It is heard by listeners of this process before the caller gets an answer, and before a session
 * begins; a listener that throws ends the request.
 *
 * @param org the user's organization
 * @param user the user whose account it is, whoever tried
 * @param kind what happens
 */
public record SignInEvent(OrgId org, UserId user, Kind kind) {
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
