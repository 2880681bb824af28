package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/** The vault over the collection {@code credentials}, with a bounded cache in front. */
final class MongoCredentialVault implements CredentialVault {
    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final Canary canary;
    private final Cache<Wanted, Credential> cache;

    MongoCredentialVault(MongoOperations mongo, CredentialCodec codec, Canary canary, VaultProperties properties) {
        this.mongo = mongo;
        this.codec = codec;
        this.canary = canary;
        this.cache = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.cacheFor())
                .build();
    }

    /** What a caller asked for: the key of the cache. */
    private sealed interface Wanted {
        record ById(OrgId org, CredentialId id) implements Wanted {}

        record ByKind(OrgId org, String kind, Map<String, String> attributes) implements Wanted {}
    }

    @Override
    public Optional<Credential> find(OrgId org, CredentialId id) {
        return cached(new Wanted.ById(org, id));
    }

    @Override
    public Optional<Credential> findOnly(OrgId org, String kind, Map<String, String> attributes) {
        return cached(new Wanted.ByKind(org, kind, Map.copyOf(attributes)));
    }

    /** Forgets everything: after a change made by this process. */
    void forget() {
        cache.invalidateAll();
    }

    private Optional<Credential> cached(Wanted wanted) {
        Credential known = cache.getIfPresent(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Credential> found = Optional.ofNullable(load(wanted));
        found.ifPresent(credential -> cache.put(wanted, credential));
        return found;
    }

    private @Nullable Credential load(Wanted wanted) {
        canary.check();
        return switch (wanted) {
            case Wanted.ById(OrgId org, CredentialId id) -> byId(org, id);
            case Wanted.ByKind(OrgId org, String kind, Map<String, String> attributes) -> only(org, kind, attributes);
        };
    }

    private @Nullable Credential byId(OrgId org, CredentialId id) {
        Document found = mongo.findOne(
                query(where("_id").is(id.value()).and("org_id").is(org.value())),
                Document.class,
                CredentialStore.COLLECTION);
        return found == null ? null : codec.open(found);
    }

    private @Nullable Credential only(OrgId org, String kind, Map<String, String> attributes) {
        Criteria criteria = where("org_id").is(org.value()).and("kind").is(kind);
        attributes.forEach((name, value) -> criteria.and("attributes." + name).is(value));
        List<Document> found = mongo.find(query(criteria).limit(2), Document.class, CredentialStore.COLLECTION);
        if (found.size() > 1) {
            throw new AmbiguousCredentialException(kind);
        }
        return found.isEmpty() ? null : codec.open(found.getFirst());
    }
}
