package dev.automationengine.gateway.invitation;

import dev.automationengine.gateway.user.EmailAddress;
import java.time.Instant;

/** Brings invitations to those whom they are for. */
interface InvitationPost {
    /**
     * Sends an invitation.
     *
     * @param to whom it is for
     * @param organization the name of the organization
     * @param token what the invited needs
     * @param until when it ends
     * @throws dev.automationengine.kit.problem.ProblemException 503 if it cannot be sent now
     */
    void send(EmailAddress to, String organization, String token, Instant until);
}
