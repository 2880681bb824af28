package dev.automationengine.gateway.organization;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import dev.automationengine.model.organization.Plan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A tenant.
 *
 * @param id its id
 * @param name what people call it
 * @param plan what it has subscribed to
 * @param owners the users who may do everything. They are in one document, so that it can be said in one write that
 *     the last one stays
 * @param createdAt when it was made
 */
@Document(Organization.COLLECTION)
public record Organization(
        @Id OrgId id, String name, Plan plan, @JsonIgnore List<UserId> owners, Instant createdAt) {
    static final String COLLECTION = "organizations";

    /** Organizations older than plans and users have none in the database. */
    @SuppressWarnings("NullAway")
    public Organization(OrgId id, String name, @Nullable Plan plan, @Nullable List<UserId> owners, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.plan = plan == null ? Plan.FREE : plan;
        this.owners = owners == null ? List.of() : List.copyOf(owners);
        this.createdAt = createdAt;
    }
}
