package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
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

    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final Canary canary;
    private final ConnectionWrites writes;
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
        this.writes = new ConnectionWrites(mongo, codec, vault);
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
     * @param as what it is kept as; of a connection that is there already the attributes that it names are replaced
     * @param by who asked for it
     * @param keepAliveAt when they are refreshed though nobody used them
     * @return false if there is a credential of that id and another kind
     */
    public boolean connect(Credential as, ConnectionTokens tokens, String by, Instant keepAliveAt) {
        canary.check();
        return writes.put(as.org(), ConnectionDocuments.fresh(as, by, now()), document -> {
            ConnectionDocuments.state(document)
                    .append(ConnectionDocuments.BY, by)
                    .append(ConnectionDocuments.FENCE, ConnectionDocuments.fence(document) + 1);
            ConnectionDocuments.attributes(document, as.attributes());
            return renewed(document, tokens, keepAliveAt);
        });
    }

    /** The connection as it is now, not from memory; empty if there is none. */
    public Optional<Stored> read(OrgId org, CredentialId id) {
        canary.check();
        return writes.find(org, id).map(found -> new Stored(codec.open(found), CredentialCodec.rev(found)));
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
        Criteria free = ConnectionWrites.mine(org, id)
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
     * @param told attributes that came with them
     * @return the credential with the new tokens; empty if the lease was lost: then these tokens are nobody's
     */
    public Optional<Credential> store(
            OrgId org, Lease lease, ConnectionTokens tokens, Map<String, String> told, Instant keepAliveAt) {
        return writes.under(lease, org, document -> {
                    ConnectionDocuments.attributes(document, told);
                    return renewed(document, tokens, keepAliveAt);
                })
                .map(codec::open);
    }

    /**
     * Ends the lease: the refresh failed for a passing reason, and nobody tries again before a time.
     *
     * @param inDoubt whether the refresh token may be used up all the same
     */
    public void postpone(OrgId org, Lease lease, Instant nextTry, boolean inDoubt) {
        writes.under(
                lease, org, document -> ConnectionDocuments.postpone(document, nextTry, lease.failures() + 1, inDoubt));
    }

    /**
     * Ends the lease: nothing but a person's consent helps.
     *
     * @param reason a code
     * @return whether that is now so; false if somebody has connected it meanwhile
     */
    public boolean breakOff(OrgId org, Lease lease, String reason) {
        Instant now = now();
        return writes.under(lease, org, document -> {
                    Credential credential = codec.open(document);
                    ConnectionDocuments.state(document)
                            .append(ConnectionDocuments.BROKEN_AT, Date.from(now))
                            .append(ConnectionDocuments.REASON, reason)
                            .remove(ConnectionDocuments.LEASE_UNTIL);
                    return writes.sealed(
                            document,
                            credential,
                            ConnectionTokens.of(credential)
                                    .map(tokens -> tokens.brokenSince(now).secrets())
                                    .orElse(credential.secrets()));
                })
                .isPresent();
    }

    private Document renewed(Document document, ConnectionTokens tokens, Instant keepAliveAt) {
        ConnectionDocuments.renew(document, tokens, keepAliveAt, now());
        return writes.sealed(document, ConnectionDocuments.credential(document), tokens.secrets());
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
