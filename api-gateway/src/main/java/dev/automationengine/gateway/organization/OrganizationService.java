package dev.automationengine.gateway.organization;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.apikey.ApiKeys;
import dev.automationengine.gateway.apikey.NewApiKey;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.model.id.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes organizations with all that belongs to a new one. */
@Service
public class OrganizationService {
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
        Organization organization = owner == null
                ? organizations.create(name, List.of())
                : organizations.require(createOwned(name, owner).orgId());
        return new Created(organization, apiKeys.createFirst(organization.id()));
    }

    /**
     * Makes an organization that people use.
     *
     * @param name what people call it
     * @param owner its first user
     * @return the owner
     * @throws dev.automationengine.kit.problem.ProblemException 409 if the owner's address is another user's
     */
    public User createOwned(String name, NewUser owner) {
        users.requireFree(owner);
        UserId id = UserId.random();
        // The organization first: a key or user of none would be worse than an organization that nobody can use.
        Organization organization = organizations.create(name, List.of(id));
        return users.create(id, organization.id(), owner, Role.OWNER);
    }

    /**
     * What was created.
     *
     * @param organization the organization
     * @param apiKey its first key
     */
    record Created(Organization organization, NewApiKey apiKey) {}
}
