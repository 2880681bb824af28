package dev.automationengine.gateway.setup;

import dev.automationengine.gateway.access.Secret;
import dev.automationengine.gateway.organization.OrganizationService;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the first owner of an engine that has no user, and nobody's later. */
@Component
class FirstOwner {
    private static final Logger log = LoggerFactory.getLogger(FirstOwner.class);
    private static final Duration LONGEST_CREATION = Duration.ofMinutes(1);
    private static final String NAME = "Owner";

    private final Users users;
    private final OrganizationService organizations;
    private final SetupClaim claims;
    private final SetupProperties properties;

    FirstOwner(Users users, OrganizationService organizations, SetupClaim claims, SetupProperties properties) {
        this.users = users;
        this.organizations = organizations;
        this.claims = claims;
        this.properties = properties;
    }

    /**
     * Does at the start what the configuration says.
     *
     * @throws IllegalStateException if another replica is making the owner now
     */
    void prepare() {
        if (users.any()) {
            return;
        }
        if (properties.ownerEmail().isEmpty()) {
            announce();
        } else {
            Secret claim = claims.claim(LONGEST_CREATION)
                    .orElseThrow(() -> new IllegalStateException("another replica is making the first owner"));
            NewUser owner = new NewUser(properties.ownerEmail(), NAME, properties.ownerPassword());
            User made = create(claim, properties.organization(), owner);
            log.info("{} is the first owner, of {}: change the password", made.id(), made.orgId());
        }
    }

    /**
     * Makes the first owner for whoever holds the token from the log.
     *
     * @throws ProblemException 410 if the token is not valid or there is a user already
     */
    User accept(String token, String organization, NewUser owner) {
        return create(new Secret(token), organization, owner);
    }

    private User create(Secret claim, String organization, NewUser owner) {
        if (users.any() || !claims.use(claim)) {
            throw new ProblemException(
                    Problem.GONE,
                    "This token is over, or there is a user already. A restart writes a new one to the log.");
        }
        try {
            return organizations.createOwned(organization, owner);
        } catch (RuntimeException e) {
            claims.giveBack(claim, properties.tokenLifetime());
            throw e;
        }
    }

    private void announce() {
        Optional<Secret> token = claims.claim(properties.tokenLifetime());
        if (token.isPresent()) {
            log.warn(
                    "There is no user yet. Within {} make the first owner, once: POST /v1/setup {{\"token\": \"{}\","
                            + " \"organization\": ..., \"owner\": {{\"email\": ..., \"name\": ..., \"password\": ...}}}}",
                    properties.tokenLifetime(),
                    token.get().text());
        } else {
            log.warn(
                    "There is no user yet. The token for the first owner was written to the log by another replica or an"
                            + " earlier start; after its time is over, a restart writes a new one.");
        }
    }
}
