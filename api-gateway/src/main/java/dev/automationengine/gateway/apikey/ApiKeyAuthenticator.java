package dev.automationengine.gateway.apikey;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Scope;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds out who calls. Answers are remembered for a few seconds, so a busy caller costs one look-up in ten seconds and
 * a deleted key works for at most as long on other replicas. Unknown ids are remembered too: guessing does not load
 * the database.
 */
@Component
public class ApiKeyAuthenticator {
    /** What every API key begins with, and nothing else that callers show. */
    public static final String PREFIX = KeyText.PREFIX;

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final long MOST_REMEMBERED = 10_000;

    private final LoadingCache<String, Optional<ApiKey>> keys;

    ApiKeyAuthenticator(ApiKeys stored) {
        this.keys = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build(stored::find);
    }

    /**
     * Who holds this key; empty if nobody does.
     *
     * @param text the key as the caller sent it
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public Optional<Caller.KeyHolder> authenticate(String text) {
        return KeyText.parse(text)
                .flatMap(shown -> keys.get(shown.id())
                        .filter(key -> shown.matches(key.secretHash()))
                        .map(key -> new Caller.KeyHolder(key.orgId(), key.id(), EnumSet.allOf(Scope.class))));
    }

    /** Forgets a key that was deleted. */
    void forget(String id) {
        keys.invalidate(id);
    }
}
