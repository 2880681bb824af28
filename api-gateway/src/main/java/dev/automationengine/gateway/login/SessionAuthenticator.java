package dev.automationengine.gateway.login;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.login.AccessTokens.SessionKey;
import dev.automationengine.gateway.user.Users;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds out which user an access token belongs to. Session and user are looked up and remembered for a few seconds: a
 * session that was ended, a user who was removed or has another role now is known here at once, on other replicas
 * within 10 seconds, not only when the token ends.
 */
@Component
public class SessionAuthenticator {
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final long MOST_REMEMBERED = 10_000;

    private final AccessTokens tokens;
    private final Sessions sessions;
    private final Users users;
    private final InstantSource clock;
    private final LoadingCache<SessionKey, Optional<Caller.Member>> members;

    SessionAuthenticator(AccessTokens tokens, Sessions sessions, Users users, InstantSource clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.users = users;
        this.clock = clock;
        this.members = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build(this::lookUp);
    }

    /**
     * Who sent this access token; empty if it is none of ours, has ended, or its session has.
     *
     * @param text the token as it was sent
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public Optional<Caller.Member> authenticate(String text) {
        return tokens.read(text).flatMap(members::get);
    }

    /** Forgets all that is remembered: sessions were ended, or users changed. Both are rare. */
    void forget() {
        members.invalidateAll();
    }

    private Optional<Caller.Member> lookUp(SessionKey key) {
        return sessions.find(key.org(), key.id())
                .filter(session -> session.alive(clock.instant()))
                .flatMap(session -> users.find(session.orgId(), session.userId()))
                .map(user -> new Caller.Member(user.orgId(), user.id(), user.role(), key.id()));
    }
}
