package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.model.id.OrgId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * The organizations' data keys, in the collection {@code data_keys}: {@code {_id: "org:number", org_id, wrapped}}. An
 * organization's keys are numbered from 1; the highest encrypts.
 */
final class DataKeys {
    static final String COLLECTION = "data_keys";
    private static final String WRAPPED = "wrapped";
    private static final String PURPOSE = "data-key";
    private static final int KEY_BYTES = 32;
    private static final int MOST_IN_MEMORY = 10_000;
    private static final Duration IN_MEMORY_FOR = Duration.ofMinutes(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MongoOperations mongo;
    private final MasterKeys masterKeys;
    private final Cache<String, SecretKey> unwrapped = Caffeine.newBuilder()
            .maximumSize(MOST_IN_MEMORY)
            .expireAfterAccess(IN_MEMORY_FOR)
            .build();

    DataKeys(MongoOperations mongo, MasterKeys masterKeys) {
        this.mongo = mongo;
        this.masterKeys = masterKeys;
    }

    /**
     * A data key.
     *
     * @param number its number in the organization, as text
     * @param key the key itself
     */
    record DataKey(String number, SecretKey key) {
        @Override
        public String toString() {
            return "DataKey[" + number + "]";
        }
    }

    /** The key to encrypt with; made if the organization has none. */
    DataKey current(OrgId org) {
        return newest(org).orElseGet(() -> create(org, 1));
    }

    /** The key of that number. */
    SecretKey get(OrgId org, String number) {
        String id = id(org, number);
        SecretKey key = unwrapped.get(id, unused -> load(org, number));
        return Objects.requireNonNull(key, "the loader never returns null");
    }

    private SecretKey load(OrgId org, String number) {
        Document found = mongo.findOne(
                query(where("_id").is(id(org, number)).and("org_id").is(org.value())), Document.class, COLLECTION);
        if (found == null) {
            throw new VaultException("data key " + id(org, number) + " is missing");
        }
        return unwrap(org, number, found);
    }

    private Optional<DataKey> newest(OrgId org) {
        return mongo.find(query(where("org_id").is(org.value())), Document.class, COLLECTION).stream()
                .map(document -> number(org, document))
                .max(Comparator.naturalOrder())
                .map(String::valueOf)
                .map(number -> new DataKey(number, get(org, number)));
    }

    private DataKey create(OrgId org, int number) {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        String name = Integer.toString(number);
        Document document = new Document("_id", id(org, name))
                .append("org_id", org.value())
                .append(WRAPPED, masterKeys.seal(bytes, boundTo(org, name)));
        try {
            mongo.insert(document, COLLECTION);
            return new DataKey(name, new SecretKeySpec(bytes, "AES"));
        } catch (DuplicateKeyException e) {
            // Another replica was faster: its key is the one that counts.
            return new DataKey(name, get(org, name));
        }
    }

    private SecretKey unwrap(OrgId org, String number, Document document) {
        @Nullable String wrapped = document.getString(WRAPPED);
        if (wrapped == null) {
            throw new VaultException("data key " + id(org, number) + " is empty");
        }
        return new SecretKeySpec(masterKeys.open(wrapped, boundTo(org, number)), "AES");
    }

    private static int number(OrgId org, Document document) {
        return Integer.parseInt(document.getString("_id").substring(org.value().length() + 1));
    }

    private static String id(OrgId org, String number) {
        return org + ":" + number;
    }

    private static List<String> boundTo(OrgId org, String number) {
        return List.of(PURPOSE, org.value(), number);
    }
}
