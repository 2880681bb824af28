package dev.automationengine.gateway.invitation;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An invitation, as stored until it is accepted, withdrawn or over.
 *
 * @param id its id
 * @param orgId the organization
 * @param email whom it is for; the user will sign in by this address
 * @param role what the user will be
 * @param secretHash hash of what only the invited knows
 * @param createdAt when it was made
 * @param createdBy the user or key that made it
 * @param expireAt when it ends
 */
@Document(Invitation.COLLECTION)
record Invitation(
        @Id String id,
        OrgId orgId,
        String email,
        Role role,
        String secretHash,
        Instant createdAt,
        String createdBy,
        Instant expireAt) {
    static final String COLLECTION = "invitations";

    @Override
    public String toString() {
        return "Invitation[" + id + "]";
    }
}
