package dev.automationengine.connectors.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/**
 * Decrypted credentials in memory: few enough to count, and none older than it may be. {@link #check} compares those in
 * use with the database in batches, so a busy credential costs no query of its own; one that no check has confirmed for
 * two rounds is read again by whoever asks for it.
 */
final class CredentialCache {
    private static final int BATCH = 500;
    private static final int ROUNDS_TRUSTED = 2;

    private final Cache<Wanted, Entry> entries;
    private final long trustedNanos;
    private final long aliveNanos;
    private final LongSupplier nanoTime;

    CredentialCache(VaultProperties properties, LongSupplier nanoTime) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.cacheFor())
                .ticker(nanoTime::getAsLong)
                .build();
        this.trustedNanos = properties.checkEvery().multipliedBy(ROUNDS_TRUSTED).toNanos();
        this.aliveNanos = properties.cacheFor().toNanos();
        this.nanoTime = nanoTime;
    }

    /** What a caller asked for: the key of the cache. */
    sealed interface Wanted {
        /** A credential by its id. */
        record ById(OrgId org, CredentialId id) implements Wanted {}

        /** The only one of a kind. */
        record ByKind(OrgId org, String kind, Map<String, String> attributes) implements Wanted {}
    }

    /**
     * A credential as it was read.
     *
     * @param credential with its secrets
     * @param rev its revision
     */
    record Loaded(Credential credential, long rev) {
        Stored stored() {
            return new Stored(credential.org().value(), credential.id().value(), rev);
        }
    }

    /** That a revision of a credential is what the database holds. */
    record Stored(String org, String id, long rev) {}

    /** The credential from memory or from {@code load}; what was not found is looked for again each time. */
    Optional<Credential> get(Wanted wanted, Function<Wanted, Optional<Loaded>> load) {
        Entry known = entries.getIfPresent(wanted);
        if (known != null && age(known) <= trustedNanos) {
            known.used = true;
            return Optional.of(known.loaded.credential());
        }
        long asked = nanoTime.getAsLong();
        try {
            Optional<Loaded> found = load.apply(wanted);
            found.ifPresentOrElse(
                    loaded -> entries.put(wanted, new Entry(loaded, asked)), () -> entries.invalidate(wanted));
            return found.map(Loaded::credential);
        } catch (DataAccessException e) {
            // Nobody can change it either while the database is away.
            if (known != null && age(known) <= aliveNanos) {
                return Optional.of(known.loaded.credential());
            }
            throw e;
        }
    }

    /**
     * Confirms what was used since the last check, and forgets what has changed.
     *
     * @param stillStored which of these the database holds, at most 500 at a time
     */
    void check(Function<List<Stored>, List<Stored>> stillStored) {
        List<Map.Entry<Wanted, Entry>> used = entries.asMap().entrySet().stream()
                .filter(entry -> entry.getValue().used)
                .toList();
        for (int from = 0; from < used.size(); from += BATCH) {
            check(used.subList(from, Math.min(from + BATCH, used.size())), stillStored);
        }
    }

    private void check(List<Map.Entry<Wanted, Entry>> batch, Function<List<Stored>, List<Stored>> stillStored) {
        long asked = nanoTime.getAsLong();
        List<Stored> mine = new ArrayList<>(
                batch.stream().map(e -> e.getValue().loaded.stored()).collect(Collectors.toSet()));
        Set<Stored> stored = Set.copyOf(stillStored.apply(mine));
        batch.forEach(entry -> {
            if (stored.contains(entry.getValue().loaded.stored())) {
                entry.getValue().used = false;
                entry.getValue().confirmedAt = asked;
            } else {
                entries.asMap().remove(entry.getKey(), entry.getValue());
            }
        });
    }

    /** Forgets everything: after a change made by this process. */
    void forget() {
        entries.invalidateAll();
    }

    /** Forgets one credential, however it was asked for. */
    void forget(CredentialId id) {
        entries.asMap()
                .values()
                .removeIf(entry -> entry.loaded.credential().id().equals(id));
    }

    private long age(Entry entry) {
        return nanoTime.getAsLong() - entry.confirmedAt;
    }

    private static final class Entry {
        private final Loaded loaded;
        private volatile long confirmedAt;
        private volatile boolean used = true;

        private Entry(Loaded loaded, long confirmedAt) {
            this.loaded = loaded;
            this.confirmedAt = confirmedAt;
        }
    }
}
