package dev.automationengine.gateway.organization;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.apikey.ApiKeys;
import dev.automationengine.gateway.apikey.NewApiKey;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.model.id.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes organizations with all that belongs to a new one. */
@Service
class OrganizationService {
    private final Organizations organizations;
    private final Users users;
    private final ApiKeys apiKeys;

    OrganizationService(Organizations organizations, Users users, ApiKeys apiKeys) {
        this.organizations = organizations;
        this.users = users;
        this.apiKeys = apiKeys;
    }

    /**
     * Makes an organization with its first key.
     *
     * @param name what people call it
     * @param owner its first user; null for one that programs alone use
     * @throws dev.automationengine.kit.problem.ProblemException 409 if the owner's address is another user's
     */
    Created create(String name, @Nullable NewUser owner) {
        UserId ownerId = UserId.random();
        if (owner != null) {
            users.requireFree(owner);
        }
        // The organization first: a key or user of none would be worse than an organization that nobody can use.
        Organization organization = organizations.create(name, owner == null ? List.of() : List.of(ownerId));
        if (owner != null) {
            users.create(ownerId, organization.id(), owner, Role.OWNER);
        }
        return new Created(organization, apiKeys.createFirst(organization.id()));
    }

    /**
     * What was created.
     *
     * @param organization the organization
     * @param apiKey its first key
     */
    record Created(Organization organization, NewApiKey apiKey) {}
}
