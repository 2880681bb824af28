package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** The credentials that are connections by OAuth, as they are listed and looked for: nothing is decrypted here. */
public final class ConnectionList {
    private static final String COLLECTION = CredentialStore.COLLECTION;

    private final MongoOperations mongo;
    private final InstantSource clock;

    ConnectionList(MongoOperations mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** What may be shown of a connection; empty if the organization has none of that id. */
    public Optional<ConnectionSummary> find(OrgId org, CredentialId id) {
        return Optional.ofNullable(mongo.findOne(
                        query(where("_id")
                                .is(id.value())
                                .and("org_id")
                                .is(org.value())
                                .and(ConnectionDocuments.STATE)
                                .exists(true)),
                        Document.class,
                        COLLECTION))
                .map(ConnectionDocuments::summary);
    }

    /** The organization's connections by age, oldest first. */
    public List<ConnectionSummary> list(OrgId org, @Nullable CredentialId after, int limit) {
        Criteria criteria =
                where("org_id").is(org.value()).and(ConnectionDocuments.STATE).exists(true);
        if (after != null) {
            criteria.and("_id").gt(after.value());
        }
        return mongo.find(query(criteria).with(Sort.by("_id")).limit(limit), Document.class, COLLECTION).stream()
                .map(ConnectionDocuments::summary)
                .toList();
    }

    /**
     * A connection that nobody used for long.
     *
     * @param org its organization
     * @param id its credential
     */
    public record Idle(OrgId org, CredentialId id) {}

    /**
     * Connections of all organizations whose tokens are so old that they are to be refreshed, oldest first.
     *
     * @param kinds those that can be
     */
    public List<Idle> idle(Collection<String> kinds, int limit) {
        Criteria due = where(ConnectionDocuments.path(ConnectionDocuments.KEEP_ALIVE_AT))
                .lt(Date.from(clock.instant()))
                .and("kind")
                .in(kinds)
                .and(ConnectionDocuments.path(ConnectionDocuments.BROKEN_AT))
                .isNull();
        return mongo
                .find(
                        query(due)
                                .with(Sort.by(ConnectionDocuments.path(ConnectionDocuments.KEEP_ALIVE_AT)))
                                .limit(limit)
                                .comment(Sweep.IDLE_CONNECTIONS.comment()),
                        Document.class,
                        COLLECTION)
                .stream()
                .map(found -> new Idle(new OrgId(found.getString("org_id")), new CredentialId(found.getString("_id"))))
                .toList();
    }

    /** How many connections of all organizations are broken, at most so many. */
    public int broken(int most) {
        Query broken = query(where(ConnectionDocuments.path(ConnectionDocuments.BROKEN_AT))
                        .gt(Date.from(Instant.EPOCH)))
                .limit(most)
                .comment(Sweep.BROKEN_CONNECTIONS.comment());
        broken.fields().include("_id");
        return mongo.find(broken, Document.class, COLLECTION).size();
    }
}
