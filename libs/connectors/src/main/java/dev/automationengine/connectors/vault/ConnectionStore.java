package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The credentials that are connections by OAuth: their tokens change by themselves, and a refresh token may be good for
 * one use only. So whoever refreshes first takes a lease of the document ({@link #take}), and stores what it got under
 * the fence of that lease: of any number of processes one asks the third party. Every change is a compare-and-set on
 * {@code rev} and makes the caches of all processes read again.
 *
 * <p>Just for the service that owns the collection, as {@link CredentialStore}.
 */
public final class ConnectionStore {
    private static final String COLLECTION = CredentialStore.COLLECTION;
    private static final int MOST_TRIES = 20;

    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final Canary canary;
    private final MongoCredentialVault vault;
    private final InstantSource clock;

    ConnectionStore(
            MongoOperations mongo,
            CredentialCodec codec,
            Canary canary,
            MongoCredentialVault vault,
            InstantSource clock) {
        this.mongo = mongo;
        this.codec = codec;
        this.canary = canary;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * A connection as it is stored now.
     *
     * @param credential with its tokens
     * @param rev what a change of it is compared with
     */
    public record Stored(Credential credential, long rev) {}

    /**
     * The right to refresh.
     *
     * @param id the connection
     * @param fence what its results are stored under: a later lease, or a person who connects anew, has a higher one
     * @param inDoubt whether the holder before did not say what came of it: the refresh token may be used up
     * @param failures how many refreshes have failed since the last that did not
     */
    public record Lease(CredentialId id, long fence, boolean inDoubt, int failures) {}

    /**
     * Stores the tokens of a person's consent: of a new connection, or of one that is connected anew.
     *
     * @param by who asked for it
     * @param keepAliveAt when they are refreshed though nobody used them
     * @return false if there is a credential of that id and another kind
     */
    public boolean connect(Credential as, ConnectionTokens tokens, String by, Instant keepAliveAt) {
        canary.check();
        Criteria any = mine(as.org(), as.id());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Document before = mongo.findOne(query(any), Document.class, COLLECTION);
            if (before == null) {
                if (inserted(renewed(ConnectionDocuments.fresh(as, by, now()), tokens, keepAliveAt))) {
                    return true;
                }
            } else if (!as.kind().equals(before.getString("kind"))) {
                return false;
            } else if (write(before, document -> {
                ConnectionDocuments.state(document)
                        .append(ConnectionDocuments.BY, by)
                        .append(ConnectionDocuments.FENCE, ConnectionDocuments.fence(document) + 1);
                return renewed(document, tokens, keepAliveAt);
            })) {
                return true;
            }
        }
        throw new IllegalStateException("connection " + as.id() + " is changed too often");
    }

    /** The connection as it is now, not from memory; empty if there is none. */
    public Optional<Stored> read(OrgId org, CredentialId id) {
        canary.check();
        return document(org, id).map(found -> new Stored(codec.open(found), CredentialCodec.rev(found)));
    }

    /**
     * Takes the right to refresh a connection.
     *
     * @param rev the revision that was found to need it
     * @param lease how long others keep away: longer than a refresh can take
     * @return empty if it has changed since, another process refreshes it, or it must be left alone for a while
     */
    public Optional<Lease> take(OrgId org, CredentialId id, long rev, Duration lease) {
        Instant now = now();
        Criteria free = mine(org, id)
                .and("rev")
                .is(rev)
                .and(ConnectionDocuments.path(ConnectionDocuments.BROKEN_AT))
                .isNull()
                .andOperator(
                        notAfter(ConnectionDocuments.LEASE_UNTIL, now), notAfter(ConnectionDocuments.NEXT_TRY_AT, now));
        Update taken = new Update()
                .inc("rev", 1)
                .inc(ConnectionDocuments.path(ConnectionDocuments.FENCE), 1)
                .set(ConnectionDocuments.path(ConnectionDocuments.LEASE_UNTIL), Date.from(now.plus(lease)));
        return Optional.ofNullable(mongo.findAndModify(query(free), taken, Document.class, COLLECTION))
                .map(before -> new Lease(
                        id,
                        ConnectionDocuments.fence(before) + 1,
                        ConnectionDocuments.inDoubt(before),
                        ConnectionDocuments.failures(before)));
    }

    /**
     * Stores what a refresh gave, and ends the lease.
     *
     * @return the credential with the new tokens; empty if the lease was lost: then these tokens are nobody's
     */
    public Optional<Credential> store(OrgId org, Lease lease, ConnectionTokens tokens, Instant keepAliveAt) {
        return change(org, lease, document -> renewed(document, tokens, keepAliveAt))
                .map(codec::open);
    }

    /**
     * Ends the lease: the refresh failed for a passing reason, and nobody tries again before a time.
     *
     * @param inDoubt whether the refresh token may be used up all the same
     */
    public void postpone(OrgId org, Lease lease, Instant nextTry, boolean inDoubt) {
        change(org, lease, document -> ConnectionDocuments.postpone(document, nextTry, lease.failures() + 1, inDoubt));
    }

    /**
     * Ends the lease: nothing but a person's consent helps.
     *
     * @param reason a code
     * @return whether that is now so; false if somebody has connected it meanwhile
     */
    public boolean breakOff(OrgId org, Lease lease, String reason) {
        Instant now = now();
        return change(org, lease, document -> {
                    Credential credential = codec.open(document);
                    ConnectionDocuments.state(document)
                            .append(ConnectionDocuments.BROKEN_AT, Date.from(now))
                            .append(ConnectionDocuments.REASON, reason)
                            .remove(ConnectionDocuments.LEASE_UNTIL);
                    return sealed(
                            document,
                            credential,
                            ConnectionTokens.of(credential)
                                    .map(tokens -> tokens.brokenSince(now).secrets())
                                    .orElse(credential.secrets()));
                })
                .isPresent();
    }

    /** What may be shown of a connection; empty if the organization has none of that id. */
    public Optional<ConnectionSummary> find(OrgId org, CredentialId id) {
        return document(org, id).map(ConnectionDocuments::summary);
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
                .lt(Date.from(now()))
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

    private Optional<Document> change(OrgId org, Lease lease, UnaryOperator<Document> change) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Document before = document(org, lease.id()).orElse(null);
            if (before == null || ConnectionDocuments.fence(before) != lease.fence()) {
                return Optional.empty();
            }
            Document[] written = new Document[1];
            if (write(before, document -> written[0] = change.apply(document))) {
                return Optional.of(written[0]);
            }
        }
        throw new IllegalStateException("connection " + lease.id() + " is changed too often");
    }

    private boolean inserted(Document document) {
        try {
            mongo.insert(document, COLLECTION);
            vault.forget(new CredentialId(document.getString("_id")));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean write(Document before, UnaryOperator<Document> change) {
        Document after = change.apply(ConnectionDocuments.copy(before));
        after.put("rev", CredentialCodec.rev(before) + 1);
        Criteria unchanged = where("_id")
                .is(before.getString("_id"))
                .and("org_id")
                .is(before.getString("org_id"))
                .and("rev")
                .is(before.get("rev"));
        boolean written = mongo.replace(query(unchanged), after, COLLECTION).getMatchedCount() > 0;
        vault.forget(new CredentialId(before.getString("_id")));
        return written;
    }

    private Document renewed(Document document, ConnectionTokens tokens, Instant keepAliveAt) {
        ConnectionDocuments.renew(document, tokens, keepAliveAt, now());
        Credential as = ConnectionDocuments.credential(document);
        return sealed(document, as, tokens.secrets());
    }

    private Document sealed(Document document, Credential as, Map<String, String> secrets) {
        document.put(
                CredentialCodec.CIPHERTEXT,
                codec.seal(new Credential(as.id(), as.org(), as.kind(), as.name(), as.attributes(), secrets)));
        return document;
    }

    private Optional<Document> document(OrgId org, CredentialId id) {
        return Optional.ofNullable(mongo.findOne(
                query(mine(org, id).and(ConnectionDocuments.STATE).exists(true)), Document.class, COLLECTION));
    }

    private static Criteria mine(OrgId org, CredentialId id) {
        return where("_id").is(id.value()).and("org_id").is(org.value());
    }

    private static Criteria notAfter(String member, Instant now) {
        String path = ConnectionDocuments.path(member);
        return new Criteria().orOperator(where(path).isNull(), where(path).lte(Date.from(now)));
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
