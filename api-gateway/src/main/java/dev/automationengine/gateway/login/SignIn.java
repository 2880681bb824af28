package dev.automationengine.gateway.login;

import dev.automationengine.gateway.login.LoginThrottle.Attempt;
import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.gateway.user.Passwords;
import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Signs users in who show address and password. */
@Service
class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    private final Users users;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;

    SignIn(
            Users users,
            Passwords passwords,
            LoginThrottle throttle,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.events = events;
        this.meters = meters;
    }

    /**
     * The user whose address and password these are. The answer, and the time it takes, are the same for an address
     * that nobody has and for a wrong password.
     *
     * @param email the address
     * @param password the password
     * @param network where the attempt comes from
     * @throws ProblemException 401 if they are not, 429 if there were too many attempts
     */
    User check(EmailAddress email, String password, String network) {
        Attempt attempt = admit(email, network);
        User user = users.byAddress(email).orElse(null);
        boolean right = passwords.matches(password, user == null ? null : user.passwordHash());
        if (user == null || !right) {
            count("refused");
            log.info("Sign-in refused: {}", user == null ? "no such user" : user.id());
            if (user != null) {
                events.publishEvent(new SignInEvent(user.orgId(), user.id(), SignInEvent.Kind.REFUSED));
            }
            throw new ProblemException(Problem.UNAUTHENTICATED, "The e-mail address or the password is wrong.");
        }
        throttle.forgive(attempt);
        count("accepted");
        if (passwords.outdated(user.passwordHash()) && users.setPassword(user, password)) {
            return users.find(user.orgId(), user.id()).orElse(user);
        }
        return user;
    }

    private Attempt admit(EmailAddress email, String network) {
        try {
            return throttle.count(email, network);
        } catch (ProblemException e) {
            count("throttled");
            log.warn("Sign-in refused: too many failed attempts for an account or from an address");
            throw e;
        }
    }

    private void count(String outcome) {
        meters.counter("engine.gateway.login", "outcome", outcome).increment();
    }
}
