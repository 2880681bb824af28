package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.connectors.vault.CredentialCache.Loaded;
import dev.automationengine.connectors.vault.CredentialCache.Stored;
import dev.automationengine.connectors.vault.CredentialCache.Wanted;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** The vault over the collection {@code credentials}, with a bounded cache in front. */
final class MongoCredentialVault implements CredentialVault {
    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final Canary canary;
    private final CredentialCache cache;

    MongoCredentialVault(MongoOperations mongo, CredentialCodec codec, Canary canary, CredentialCache cache) {
        this.mongo = mongo;
        this.codec = codec;
        this.canary = canary;
        this.cache = cache;
    }

    @Override
    public Optional<Credential> find(OrgId org, CredentialId id) {
        return cache.get(new Wanted.ById(org, id), this::load);
    }

    @Override
    public Optional<Credential> findOnly(OrgId org, String kind, Map<String, String> attributes) {
        return cache.get(new Wanted.ByKind(org, kind, Map.copyOf(attributes)), this::load);
    }

    /** Forgets everything: after a change made by this process. */
    void forget() {
        cache.forget();
    }

    /** Forgets one: after a change of it made by this process. */
    void forget(CredentialId id) {
        cache.forget(id);
    }

    /** Forgets what another process has changed. */
    void refresh() {
        cache.check(this::stillStored);
    }

    private Optional<Loaded> load(Wanted wanted) {
        canary.check();
        Document found = switch (wanted) {
            case Wanted.ById(OrgId org, CredentialId id) -> byId(org, id);
            case Wanted.ByKind(OrgId org, String kind, Map<String, String> attributes) -> only(org, kind, attributes);
        };
        return Optional.ofNullable(found)
                .map(document -> new Loaded(codec.open(document), CredentialCodec.rev(document)));
    }

    private @Nullable Document byId(OrgId org, CredentialId id) {
        return mongo.findOne(
                query(where("_id").is(id.value()).and("org_id").is(org.value())),
                Document.class,
                CredentialStore.COLLECTION);
    }

    private @Nullable Document only(OrgId org, String kind, Map<String, String> attributes) {
        Criteria criteria = where("org_id").is(org.value()).and("kind").is(kind);
        attributes.forEach((name, value) -> criteria.and("attributes." + name).is(value));
        List<Document> found = mongo.find(query(criteria).limit(2), Document.class, CredentialStore.COLLECTION);
        if (found.size() > 1) {
            throw new AmbiguousCredentialException(kind);
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private List<Stored> stillStored(List<Stored> mine) {
        Query query = query(where("_id")
                .in(mine.stream().map(Stored::id).toList())
                .and("org_id")
                .in(mine.stream().map(Stored::org).distinct().toList()));
        query.fields().include("org_id", "rev");
        return mongo.find(query, Document.class, CredentialStore.COLLECTION).stream()
                .map(found -> new Stored(found.getString("org_id"), found.getString("_id"), CredentialCodec.rev(found)))
                .toList();
    }
}
