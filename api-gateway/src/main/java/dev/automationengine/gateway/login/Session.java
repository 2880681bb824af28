package dev.automationengine.gateway.login;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A session of a user, as stored: all refresh tokens that follow from one sign-in.
 *
 * @param id its id
 * @param orgId the user's organization
 * @param userId the user
 * @param familyHash hash of what all its refresh tokens have in common
 * @param secretHash hash of what only the newest has
 * @param createdAt when the user signed in
 * @param usedAt when it was refreshed last
 * @param expireAt when it ends if it is not refreshed
 * @param revokedAt when it was ended; null while it lives
 */
@Document(Session.COLLECTION)
record Session(
        @Id String id,
        OrgId orgId,
        UserId userId,
        String familyHash,
        String secretHash,
        Instant createdAt,
        Instant usedAt,
        Instant expireAt,
        @Nullable Instant revokedAt) {
    static final String COLLECTION = "sessions";

    /** Whether it has neither ended by itself nor been ended. */
    boolean alive(Instant now) {
        return revokedAt == null && expireAt.isAfter(now);
    }

    @Override
    public String toString() {
        return "Session[" + id + "]";
    }
}
