package dev.automationengine.gateway.user;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A person of an organization, as stored.
 *
 * @param id the user
 * @param orgId the organization
 * @param email the address, normalised
 * @param name what others call the user
 * @param role what the user may do there
 * @param passwordHash Argon2id
 * @param createdAt when the user was made
 * @param passwordChangedAt when the password was set
 */
@Document(User.COLLECTION)
public record User(
        @Id UserId id,
        OrgId orgId,
        String email,
        String name,
        Role role,
        String passwordHash,
        Instant createdAt,
        Instant passwordChangedAt) {
    static final String COLLECTION = "users";

    /** The id alone: the rest is personal. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
