package dev.automationengine.gateway.closing;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.apikey.ApiKeyAuthenticator;
import dev.automationengine.gateway.invitation.OpenInvitations;
import dev.automationengine.gateway.login.SessionService;
import dev.automationengine.gateway.organization.Organizations;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Ends organizations. Nobody gets in any more; what workflows left goes when its time is over. Interrupted, it is simply
 * done again: the owner who does it goes last.
 */
@Service
class Closing {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);
    private static final int PAGE = 100;

    private final ActiveWorkflows workflows;
    private final ApiKeyAuthenticator keys;
    private final OpenInvitations invitations;
    private final Users users;
    private final SessionService sessions;
    private final Organizations organizations;

    Closing(
            ActiveWorkflows workflows,
            ApiKeyAuthenticator keys,
            OpenInvitations invitations,
            Users users,
            SessionService sessions,
            Organizations organizations) {
        this.workflows = workflows;
        this.keys = keys;
        this.invitations = invitations;
        this.users = users;
        this.sessions = sessions;
        this.organizations = organizations;
    }

    /**
     * Ends the owner's organization.
     *
     * @throws ProblemException 409 while a workflow is active, 503 if that cannot be known
     */
    void close(Caller.Member owner) {
        if (workflows.any(owner)) {
            throw new ProblemException(Problem.CONFLICT, "Workflows are active. Deactivate or delete them first.");
        }
        OrgId org = owner.org();
        invitations.withdrawAll(org);
        keys.deleteAll(org);
        removeOthers(owner);
        organizations.delete(org);
        users.find(org, owner.id()).ifPresent(this::remove);
        log.info("{} ended the organization {}", owner.id(), org);
    }

    private void removeOthers(Caller.Member owner) {
        List<User> others;
        String after = null;
        do {
            others = users.list(owner.org(), after, PAGE);
            for (User user : others) {
                if (!user.id().equals(owner.id())) {
                    remove(user);
                }
                after = user.id().value();
            }
        } while (others.size() == PAGE);
    }

    private void remove(User user) {
        users.delete(user);
        sessions.endAll(user.orgId(), user.id());
    }
}
