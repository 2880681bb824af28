package dev.automationengine.gateway.apikey;

import dev.automationengine.model.id.OrgId;
import java.time.Instant;
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
 * @param createdAt when it was made
 */
@Document(ApiKey.COLLECTION)
record ApiKey(@Id String id, OrgId orgId, String name, String secretHash, Instant createdAt) {
    static final String COLLECTION = "api_keys";
}
