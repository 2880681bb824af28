package dev.automationengine.gateway.invitation;

import dev.automationengine.model.id.OrgId;
import org.springframework.stereotype.Component;

/** What others may do with the invitations of an organization. */
@Component
public class OpenInvitations {
    private final Invitations invitations;

    OpenInvitations(Invitations invitations) {
        this.invitations = invitations;
    }

    /** Withdraws all of them. */
    public void withdrawAll(OrgId org) {
        invitations.removeAll(org);
    }
}
