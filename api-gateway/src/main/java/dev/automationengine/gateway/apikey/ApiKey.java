package dev.automationengine.gateway.apikey;

import dev.automationengine.gateway.access.Scope;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A key of an organization, as stored. Unlike other collections this one is not sharded by organization: a caller
 * shows its key before anybody knows the organization, so the key's id must be enough to find it.
 *
 * @param id the key's id, the middle part of its text
 * @param orgId the organization that it acts for
 * @param name what its owner calls it
 * @param secretHash SHA-256 of the secret, in hexadecimal
 * @param scopes what it may do; keys older than scopes have none stored and may do everything
 * @param createdAt when it was made
 * @param createdBy the user or key that made it; null if the operator did
 * @param expiresAt when it ends; null for never
 * @param lastUsedAt when it was used last, a minute or so ago or longer; null for never
 */
@Document(ApiKey.COLLECTION)
record ApiKey(
        @Id String id,
        OrgId orgId,
        String name,
        String secretHash,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {
    static final String COLLECTION = "api_keys";

    /** Fills in what older keys lack. */
    @SuppressWarnings("NullAway")
    ApiKey {
        scopes = scopes == null ? EnumSet.allOf(Scope.class) : Set.copyOf(scopes);
    }

    /** Whether its time is over. */
    boolean expired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
