package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Brings the keys of one organization up to date. Each write is a compare-and-set, so doing it twice, at once or after
 * a crash, is harmless; every ciphertext can be read at every moment, since both keys are there.
 */
final class OrganizationRotation {
    private static final Logger LOG = LoggerFactory.getLogger(OrganizationRotation.class);
    private static final int PAGE = 100;

    private final MongoOperations mongo;
    private final DataKeys dataKeys;
    private final CredentialCodec codec;
    private final MasterKeys masterKeys;
    private final VaultProperties.Rotation settings;
    private final InstantSource clock;

    OrganizationRotation(
            MongoOperations mongo,
            DataKeys dataKeys,
            CredentialCodec codec,
            MasterKeys masterKeys,
            VaultProperties.Rotation settings,
            InstantSource clock) {
        this.mongo = mongo;
        this.dataKeys = dataKeys;
        this.codec = codec;
        this.masterKeys = masterKeys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Does what is left to do.
     *
     * @param beat called after each page: tells others that this goes on, and throws if it must not
     */
    RotationCounts run(OrgId org, Runnable beat) {
        RotationCounts counts = RotationCounts.NONE;
        for (DataKeys.Stored key : dataKeys.of(org)) {
            counts = counts.plus(wrapAgain(key));
        }
        List<DataKeys.Stored> keys = dataKeys.of(org);
        if (keys.isEmpty()) {
            return counts;
        }
        if (isDue(keys.getLast())) {
            try {
                dataKeys.createAfter(keys.getLast());
                keys = dataKeys.of(org);
            } catch (VaultException e) {
                return counts.plus(
                        failed("data key " + org + ":" + keys.getLast().name(), e));
            }
        }
        if (keys.size() == 1) {
            return counts;
        }
        RotationCounts credentials = credentials(org, keys.getLast().name(), beat);
        if (credentials.equals(RotationCounts.NONE)) {
            purge(keys);
        }
        return counts.plus(credentials);
    }

    private RotationCounts wrapAgain(DataKeys.Stored key) {
        if (key.masterKey().equals(masterKeys.newest())) {
            return RotationCounts.NONE;
        }
        try {
            return dataKeys.wrapAgain(key) ? RotationCounts.WRAPPED : RotationCounts.NONE;
        } catch (VaultException e) {
            return failed("data key " + key.org() + ":" + key.name(), e);
        }
    }

    private boolean isDue(DataKeys.Stored newest) {
        Instant now = clock.instant();
        Instant before = settings.dataKeysBefore();
        boolean tooOld =
                settings.dataKeyAge().isPositive() && newest.createdAt().isBefore(now.minus(settings.dataKeyAge()));
        // An instant to come would replace the keys with each pass until then.
        return tooOld
                || before != null && !before.isAfter(now) && newest.createdAt().isBefore(before);
    }

    private RotationCounts credentials(OrgId org, String newest, Runnable beat) {
        RotationCounts counts = RotationCounts.NONE;
        String after = "";
        while (true) {
            Query page = query(where("org_id").is(org.value()).and("_id").gt(after))
                    .with(Sort.by("_id"))
                    .limit(PAGE);
            List<Document> found = mongo.find(page, Document.class, CredentialStore.COLLECTION);
            for (Document credential : found) {
                counts = counts.plus(encryptAgain(org, credential, newest));
            }
            beat.run();
            if (found.size() < PAGE) {
                return counts;
            }
            after = found.getLast().getString("_id");
        }
    }

    private RotationCounts encryptAgain(OrgId org, Document credential, String newest) {
        String id = credential.getString("_id");
        try {
            if (!CredentialCodec.isBehind(credential, newest)) {
                return RotationCounts.NONE;
            }
            Query unchanged = query(where("_id")
                    .is(id)
                    .and("org_id")
                    .is(org.value())
                    .and(CredentialCodec.CIPHERTEXT)
                    .is(credential.getString(CredentialCodec.CIPHERTEXT)));
            Update again = Update.update(CredentialCodec.CIPHERTEXT, codec.seal(codec.open(credential)));
            // Not changed: a person was faster. It counts all the same, so that no key goes before the next pass.
            mongo.updateFirst(unchanged, again, CredentialStore.COLLECTION);
            return RotationCounts.ENCRYPTED;
        } catch (VaultException e) {
            return failed("credential " + id, e);
        }
    }

    /** Deletes keys that this pass saw to encrypt nothing, and that nobody has begun to encrypt with for long. */
    private void purge(List<DataKeys.Stored> keys) {
        Instant since = clock.instant().minus(settings.keepRetired());
        for (int i = 0; i < keys.size() - 1; i++) {
            if (keys.get(i + 1).createdAt().isBefore(since)) {
                dataKeys.delete(keys.get(i));
                LOG.info(
                        "Data key {}:{} encrypted nothing any more and is deleted",
                        keys.get(i).org(),
                        keys.get(i).name());
            }
        }
    }

    private static RotationCounts failed(String what, VaultException e) {
        LOG.error("The encryption of {} cannot be renewed; all else goes on", what, e);
        return RotationCounts.FAILED;
    }
}
