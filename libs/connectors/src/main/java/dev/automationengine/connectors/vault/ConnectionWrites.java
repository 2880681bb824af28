package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/** Changes the documents of connections: each a compare-and-set on {@code rev}, after which the vault reads again. */
final class ConnectionWrites {
    private static final String COLLECTION = CredentialStore.COLLECTION;
    private static final int MOST_TRIES = 20;

    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final MongoCredentialVault vault;

    ConnectionWrites(MongoOperations mongo, CredentialCodec codec, MongoCredentialVault vault) {
        this.mongo = mongo;
        this.codec = codec;
        this.vault = vault;
    }

    /** The document of a connection; empty if the organization has none of that id. */
    Optional<Document> find(OrgId org, CredentialId id) {
        return Optional.ofNullable(mongo.findOne(
                query(mine(org, id).and(ConnectionDocuments.STATE).exists(true)), Document.class, COLLECTION));
    }

    /**
     * Makes a document, or changes the one that is there.
     *
     * @param fresh the document to begin with
     * @param change what becomes of it, or of the one that is there
     * @return false if there is a credential of that id and another kind
     */
    boolean put(OrgId org, Document fresh, UnaryOperator<Document> change) {
        CredentialId id = new CredentialId(fresh.getString("_id"));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Document before = mongo.findOne(query(mine(org, id)), Document.class, COLLECTION);
            if (before != null && !fresh.getString("kind").equals(before.getString("kind"))) {
                return false;
            }
            boolean done = before == null
                    ? inserted(change.apply(ConnectionDocuments.copy(fresh)))
                    : replaced(before, change) != null;
            if (done) {
                return true;
            }
        }
        throw tooOften(id);
    }

    /**
     * Changes a connection while a lease of it holds.
     *
     * @return the document as it is now; empty if the lease was lost
     */
    Optional<Document> under(ConnectionStore.Lease lease, OrgId org, UnaryOperator<Document> change) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Document before = find(org, lease.id()).orElse(null);
            if (before == null || ConnectionDocuments.fence(before) != lease.fence()) {
                return Optional.empty();
            }
            Document after = replaced(before, change);
            if (after != null) {
                return Optional.of(after);
            }
        }
        throw tooOften(lease.id());
    }

    /** Puts secrets into a document, bound to what they are the secrets of. */
    Document sealed(Document document, Credential as, Map<String, String> secrets) {
        document.put(
                CredentialCodec.CIPHERTEXT,
                codec.seal(new Credential(as.id(), as.org(), as.kind(), as.name(), as.attributes(), secrets)));
        return document;
    }

    static Criteria mine(OrgId org, CredentialId id) {
        return where("_id").is(id.value()).and("org_id").is(org.value());
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

    /** The document as it was written; null if somebody else has changed it meanwhile. */
    private @Nullable Document replaced(Document before, UnaryOperator<Document> change) {
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
        return written ? after : null;
    }

    private static IllegalStateException tooOften(CredentialId id) {
        return new IllegalStateException("connection " + id + " is changed too often");
    }
}
