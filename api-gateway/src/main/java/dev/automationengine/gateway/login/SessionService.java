package dev.automationengine.gateway.login;

import dev.automationengine.gateway.user.User;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Begins, goes on with and ends the sessions of users. */
@Service
public class SessionService {
    private static final Logger log = LoggerFactory.getLogger(SessionService.class);

    private final Sessions sessions;
    private final Users users;
    private final AccessTokens accessTokens;
    private final SessionAuthenticator authenticator;
    private final LoginProperties properties;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final MeterRegistry meters;

    SessionService(
            Sessions sessions,
            Users users,
            AccessTokens accessTokens,
            SessionAuthenticator authenticator,
            LoginProperties properties,
            ApplicationEventPublisher events,
            InstantSource clock,
            MeterRegistry meters) {
        this.sessions = sessions;
        this.users = users;
        this.accessTokens = accessTokens;
        this.authenticator = authenticator;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
        this.meters = meters;
    }

    /** Signs a user in. */
    public Tokens begin(User user) {
        tell(user.orgId(), user.id(), SignInEvent.Kind.SIGNED_IN);
        RefreshToken first = RefreshToken.first(user.orgId());
        return tokens(sessions.begin(user.id(), first), first);
    }

    /**
     * Exchanges a refresh token for the next tokens.
     *
     * @param text the token as the client sent it
     * @throws ProblemException 401 if it is not valid; if it was used before, its session ends, since somebody holds a
     *     copy and nobody knows who is the thief
     */
    Tokens refresh(String text) {
        RefreshToken shown = RefreshToken.parse(text).orElseThrow(SessionService::refused);
        Session session = find(shown)
                .filter(found -> found.alive(clock.instant()))
                .filter(found -> users.find(found.orgId(), found.userId()).isPresent())
                .orElseThrow(SessionService::refused);
        RefreshToken next = shown.next();
        if (!sessions.rotate(session, shown, next)) {
            end(session);
            meters.counter("engine.gateway.refresh.reused").increment();
            log.warn(
                    "A refresh token came a second time: session {} of {} in {} was ended",
                    session.id(),
                    session.userId(),
                    session.orgId());
            tell(session.orgId(), session.userId(), SignInEvent.Kind.REFRESH_REUSED);
            throw refused();
        }
        return tokens(session, next);
    }

    /** Ends the session of a refresh token; one that is not valid has none. */
    void logout(String text) {
        RefreshToken.parse(text).flatMap(this::find).ifPresent(session -> {
            tell(session.orgId(), session.userId(), SignInEvent.Kind.SIGNED_OUT);
            end(session);
        });
    }

    private void tell(OrgId org, UserId user, SignInEvent.Kind kind) {
        events.publishEvent(new SignInEvent(org, user, kind));
    }

    /** Ends all sessions of a user, here at once, on other replicas of the gateway within 10 seconds. */
    public void endAll(OrgId org, UserId user) {
        sessions.revokeAll(org, user);
        authenticator.forget();
    }

    /** Looks again, at the next request of each, who the users of sessions are. */
    public void forget() {
        authenticator.forget();
    }

    private void end(Session session) {
        sessions.revoke(session.orgId(), session.id());
        authenticator.forget();
    }

    private Optional<Session> find(RefreshToken shown) {
        return sessions.find(shown.org(), shown.session())
                .filter(found -> shown.family().matches(found.familyHash()));
    }

    private Tokens tokens(Session session, RefreshToken refresh) {
        return new Tokens(
                accessTokens.mint(session),
                "Bearer",
                properties.accessTokenLifetime().toSeconds(),
                refresh.text());
    }

    private static ProblemException refused() {
        return new ProblemException(Problem.UNAUTHENTICATED, "The refresh token is not valid. Sign in again.");
    }
}
