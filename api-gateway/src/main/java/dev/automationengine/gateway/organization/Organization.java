package dev.automationengine.gateway.organization;

import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A tenant.
 *
 * @param id its id
 * @param name what people call it
 * @param createdAt when it was made
 */
@Document(Organization.COLLECTION)
record Organization(@Id OrgId id, String name, Instant createdAt) {
    static final String COLLECTION = "organizations";
}
