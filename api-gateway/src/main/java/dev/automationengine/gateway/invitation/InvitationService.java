package dev.automationengine.gateway.invitation;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.apikey.ApiKeys;
import dev.automationengine.gateway.organization.Organization;
import dev.automationengine.gateway.organization.Organizations;
import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Invites people and makes users of them. */
@Service
class InvitationService {
    private static final Logger log = LoggerFactory.getLogger(InvitationService.class);

    private final Invitations invitations;
    private final Organizations organizations;
    private final Users users;
    private final ApiKeys apiKeys;
    private final InvitationProperties properties;
    private final @Nullable InvitationPost post;
    private final InstantSource clock;

    InvitationService(
            Invitations invitations,
            Organizations organizations,
            Users users,
            ApiKeys apiKeys,
            InvitationProperties properties,
            ObjectProvider<InvitationPost> post,
            InstantSource clock) {
        this.invitations = invitations;
        this.organizations = organizations;
        this.users = users;
        this.apiKeys = apiKeys;
        this.properties = properties;
        this.post = post.getIfAvailable();
        this.clock = clock;
    }

    /**
     * Invites somebody. Whether the address belongs to a user already is not told here: an admin of one organization has
     * no business to know who is with another.
     *
     * @return the invitation; its token only if nobody brings it to the invited
     */
    Made invite(Caller maker, EmailAddress email, Role role) {
        requireMay(maker, role);
        if (invitations.full(maker.org(), properties.mostOpen())) {
            throw new ProblemException(Problem.CONFLICT, "Too many invitations are open. Withdraw some.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        InvitationText text = InvitationText.random(maker.org());
        Invitation made = new Invitation(
                text.id(),
                maker.org(),
                email.value(),
                role,
                text.secret().hash(),
                now,
                maker.subject(),
                now.plus(properties.lifetime()));
        invitations.insert(made);
        if (post == null) {
            return new Made(made, text.text());
        }
        send(post, made, text);
        return new Made(made, null);
    }

    /**
     * Makes a user of the invited.
     *
     * @throws ProblemException 410 if there is no such invitation any more, or its maker may not give that role any more;
     *     409 if the address is another user's
     */
    User accept(String token, String name, String password) {
        Invitation invitation = InvitationText.parse(token)
                .flatMap(invitations::find)
                .filter(this::makerStillMay)
                .orElseThrow(() -> new ProblemException(
                        Problem.GONE,
                        "This invitation is over: it was used, withdrawn or has ended. Ask for another."));
        UserId id = UserId.random();
        User user = users.create(
                id, invitation.orgId(), new NewUser(invitation.email(), name, password), invitation.role());
        // After the user: interrupted here, the address is taken and the invitation worth nothing.
        invitations.remove(invitation.orgId(), invitation.id());
        if (invitation.role() == Role.OWNER) {
            organizations.addOwner(invitation.orgId(), id);
        }
        log.info("{} joined {} as {}", id, invitation.orgId(), invitation.role().label());
        return user;
    }

    private void send(InvitationPost by, Invitation made, InvitationText text) {
        String organization = organizations
                .find(made.orgId())
                .map(Organization::name)
                .orElse(made.orgId().value());
        try {
            by.send(new EmailAddress(made.email()), organization, text.text(), made.expireAt());
        } catch (ProblemException e) {
            invitations.remove(made.orgId(), made.id());
            throw e;
        }
    }

    /** Who was removed must not come back by an invitation made before. */
    private boolean makerStillMay(Invitation invitation) {
        String maker = invitation.createdBy();
        return maker.startsWith(UserId.PREFIX)
                ? users.find(invitation.orgId(), new UserId(maker))
                        .map(User::role)
                        .filter(role ->
                                role.scopes().containsAll(invitation.role().scopes()))
                        .isPresent()
                : apiKeys.exists(invitation.orgId(), maker);
    }

    private static void requireMay(Caller maker, Role role) {
        if (!maker.covers(role)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "The role " + role.label() + " may do more than you.",
                    List.of(new FieldError("/role", "ask somebody who has that role")));
        }
    }

    /**
     * An invitation just made.
     *
     * @param invitation the invitation
     * @param token what the invited needs; null if it was sent to the address
     */
    record Made(Invitation invitation, @Nullable String token) {
        @Override
        public String toString() {
            return invitation.toString();
        }
    }
}
