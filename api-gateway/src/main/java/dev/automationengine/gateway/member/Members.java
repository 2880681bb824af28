package dev.automationengine.gateway.member;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.login.SessionService;
import dev.automationengine.gateway.organization.Organizations;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.UserId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Changes and removes users. Nobody gives a role, or touches a user, that may do more than oneself; an organization that
 * has an owner keeps one.
 */
@Service
class Members {
    private static final Logger log = LoggerFactory.getLogger(Members.class);

    private final Users users;
    private final Organizations organizations;
    private final SessionService sessions;

    Members(Users users, Organizations organizations, SessionService sessions) {
        this.users = users;
        this.organizations = organizations;
        this.sessions = sessions;
    }

    User find(Caller caller, UserId id) {
        return users.find(caller.org(), id).orElseThrow(() -> ProblemException.notFound("user"));
    }

    /** Gives a user another role, which holds at once here and within 10 seconds on other replicas. */
    User setRole(Caller caller, UserId id, Role role) {
        User user = find(caller, id);
        requireCovers(caller, user.role());
        requireCovers(caller, role);
        if (role != Role.OWNER) {
            requireNotTheLastOwner(user);
        }
        users.setRole(user.orgId(), id, role);
        // After the role: interrupted here, one owner too few is counted, never one too many.
        if (role == Role.OWNER && !organizations.addOwner(user.orgId(), id)) {
            users.setRole(user.orgId(), id, user.role());
            throw new ProblemException(Problem.CONFLICT, "The organization has as many owners as it may have.");
        }
        sessions.forget();
        log.info("{} made {} of {} {}", caller.subject(), id, user.orgId(), role.label());
        return find(caller, id);
    }

    /** Removes a user and all sessions. */
    void remove(Caller caller, UserId id) {
        User user = find(caller, id);
        requireCovers(caller, user.role());
        requireNotTheLastOwner(user);
        users.delete(user);
        sessions.endAll(user.orgId(), id);
        log.info("{} removed {} of {}", caller.subject(), id, user.orgId());
    }

    private void requireNotTheLastOwner(User user) {
        if (user.role() == Role.OWNER && !organizations.removeOwner(user.orgId(), user.id())) {
            throw new ProblemException(Problem.CONFLICT, "This is the last owner. Make somebody else an owner first.");
        }
    }

    private static void requireCovers(Caller caller, Role role) {
        if (!caller.covers(role)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "The role " + role.label() + " may do more than you.",
                    List.of(new FieldError("/role", "ask somebody who has that role")));
        }
    }
}
