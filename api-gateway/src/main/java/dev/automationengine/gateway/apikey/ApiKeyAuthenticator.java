package dev.automationengine.gateway.apikey;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.gateway.access.Caller;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final ApiKeys stored;
    private final KeyUsage usage;
    private final InstantSource clock;

    ApiKeyAuthenticator(ApiKeys stored, KeyUsage usage, InstantSource clock) {
        this.stored = stored;
        this.usage = usage;
        this.clock = clock;
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
        Instant now = clock.instant();
        Optional<ApiKey> key = KeyText.parse(text)
                .flatMap(shown -> keys.get(shown.id()).filter(stored -> shown.matches(stored.secretHash())))
                .filter(stored -> !stored.expired(now));
        key.ifPresent(used -> usage.record(used.id(), now));
        return key.map(used -> new Caller.KeyHolder(used.orgId(), used.id(), used.scopes()));
    }

    /** Deletes all keys of an organization: none is accepted here any more, nor by other replicas after 10 seconds. */
    public void deleteAll(OrgId org) {
        stored.deleteAll(org);
        keys.invalidateAll();
    }

    /** Forgets a key that was deleted. */
    void forget(String id) {
        keys.invalidate(id);
    }
}
