package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Tells a wrong master key at start and not at the first secret: for each master key that is in use {@code data_keys}
 * holds a known text sealed with it. A service that lacks one of them, or has another one under its name, does not start.
 */
final class Canary {
    /** Stands where documents of {@code data_keys} have their organization: no id of an organization looks like it. */
    private static final String NO_ORG = "canary";

    private static final byte[] SONG = "the master key is right".getBytes(StandardCharsets.UTF_8);

    private final MongoOperations mongo;
    private final MasterKeys masterKeys;
    private final boolean owner;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile boolean verified;

    Canary(MongoOperations mongo, MasterKeys masterKeys, boolean owner) {
        this.mongo = mongo;
        this.masterKeys = masterKeys;
        this.owner = owner;
    }

    /** Whether the master key is known to be right. */
    boolean verified() {
        return verified;
    }

    /**
     * Checks the master key unless it was found right before.
     *
     * @throws WrongMasterKeyException if it is wrong
     * @throws org.springframework.dao.DataAccessException if the database cannot be asked
     */
    void check() {
        if (verified) {
            return;
        }
        checking.lock();
        try {
            if (!verified) {
                verified = compare();
            }
        } finally {
            checking.unlock();
        }
    }

    /** Returns whether the outcome holds for good: not so where the owner has not stored a canary yet. */
    private boolean compare() {
        List<Document> stored = mongo.find(query(where("org_id").is(NO_ORG)), Document.class, DataKeys.COLLECTION);
        Set<String> known = stored.stream().map(Canary::keyId).collect(Collectors.toSet());
        Set<String> missing = known.stream()
                .filter(id -> !masterKeys.ids().contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new WrongMasterKeyException("stored secrets are encrypted with master key "
                    + String.join(", ", missing) + ", which is not configured in engine.vault.master-key. Configure it"
                    + " beside the newer one until the rotation is completed (docs/runbooks/key-rotation.md)");
        }
        stored.forEach(this::listen);
        if (known.contains(masterKeys.newest())) {
            return true;
        }
        if (!owner) {
            return !known.isEmpty();
        }
        store();
        return true;
    }

    /** Other master keys than the newest wrap nothing any more: a service need not have them. */
    void forgetOthers() {
        // It may be gone: while a deployment rolls, replicas with another newest key do the same.
        store();
        mongo.remove(query(where("org_id").is(NO_ORG).and("_id").ne(id(masterKeys.newest()))), DataKeys.COLLECTION);
    }

    private void listen(Document canary) {
        String keyId = keyId(canary);
        try {
            masterKeys.open(canary.getString("wrapped"), List.of(NO_ORG, keyId));
        } catch (VaultException e) {
            throw new WrongMasterKeyException(
                    "master key " + keyId + " is not the one that the stored secrets were encrypted with");
        }
    }

    private void store() {
        String keyId = masterKeys.newest();
        try {
            mongo.insert(
                    new Document("_id", id(keyId))
                            .append("org_id", NO_ORG)
                            .append("wrapped", masterKeys.seal(SONG, List.of(NO_ORG, keyId))),
                    DataKeys.COLLECTION);
        } catch (DuplicateKeyException e) {
            // Another replica stored one meanwhile, perhaps with another key of the same name.
            Document theirs = mongo.findOne(
                    query(where("_id").is(id(keyId)).and("org_id").is(NO_ORG)), Document.class, DataKeys.COLLECTION);
            if (theirs != null) {
                listen(theirs);
            }
        }
    }

    private static String id(String keyId) {
        return NO_ORG + ":" + keyId;
    }

    private static String keyId(Document canary) {
        return canary.getString("_id").substring(NO_ORG.length() + 1);
    }
}
