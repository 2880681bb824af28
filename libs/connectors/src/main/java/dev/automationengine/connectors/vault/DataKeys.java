package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.OrgId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The organizations' data keys, in the collection {@code data_keys}: {@code {_id: "org:number", org_id, wrapped,
 * created_at}}. An organization's keys are numbered from 1; the highest encrypts.
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
    private final InstantSource clock;
    private final Cache<String, SecretKey> unwrapped = Caffeine.newBuilder()
            .maximumSize(MOST_IN_MEMORY)
            .expireAfterAccess(IN_MEMORY_FOR)
            .build();

    DataKeys(MongoOperations mongo, MasterKeys masterKeys, InstantSource clock) {
        this.mongo = mongo;
        this.masterKeys = masterKeys;
        this.clock = clock;
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

    /**
     * A data key as it is stored.
     *
     * @param org whose it is
     * @param number its number
     * @param wrapped the key, sealed with a master key
     * @param createdAt when it was made; long ago for keys from before this was kept
     */
    record Stored(OrgId org, int number, String wrapped, Instant createdAt) {
        String masterKey() {
            return Sealed.parse(wrapped).keyId();
        }

        String name() {
            return Integer.toString(number);
        }
    }

    /** The key to encrypt with; made if the organization has none. */
    DataKey current(OrgId org) {
        List<Stored> keys = of(org);
        return keys.isEmpty() ? create(org, 1) : opened(keys.getLast());
    }

    /** The key of that number. */
    SecretKey get(OrgId org, String number) {
        String id = id(org, number);
        SecretKey key = unwrapped.get(id, unused -> load(org, number));
        return Objects.requireNonNull(key, "the loader never returns null");
    }

    /** All keys of an organization, the one that encrypts last. */
    List<Stored> of(OrgId org) {
        return mongo.find(query(where("org_id").is(org.value())), Document.class, COLLECTION).stream()
                .map(DataKeys::stored)
                .sorted(Comparator.comparingInt(Stored::number))
                .toList();
    }

    /**
     * Organizations that have keys, in the order of their ids.
     *
     * @param after the last one that was looked at; empty: from the first
     * @param keys most keys to look at
     */
    List<OrgId> organizations(String after, int keys) {
        // Canaries stand before all organizations.
        Query query = query(where("org_id").gt(after.isEmpty() ? "org_" : after))
                .with(Sort.by("org_id"))
                .limit(keys)
                .comment(Sweep.KEYED_ORGANIZATIONS.comment());
        query.fields().include("org_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> new OrgId(document.getString("org_id")))
                .distinct()
                .toList();
    }

    /** Wraps a key with the newest master key; returns false if somebody else was faster. */
    boolean wrapAgain(Stored key) {
        List<String> bound = boundTo(key.org(), key.name());
        String wrapped = masterKeys.seal(masterKeys.open(key.wrapped(), bound), bound);
        return mongo.updateFirst(unchanged(key), Update.update(WRAPPED, wrapped), COLLECTION)
                        .getModifiedCount()
                > 0;
    }

    /** Makes the key that follows; another replica's, if that one was faster. */
    DataKey createAfter(Stored key) {
        return create(key.org(), key.number() + 1);
    }

    /** Deletes a key: what it encrypts is lost. */
    void delete(Stored key) {
        mongo.remove(unchanged(key), COLLECTION);
    }

    private static Query unchanged(Stored key) {
        return query(where("_id")
                .is(id(key.org(), key.name()))
                .and("org_id")
                .is(key.org().value())
                .and(WRAPPED)
                .is(key.wrapped()));
    }

    private SecretKey load(OrgId org, String number) {
        Document found = mongo.findOne(
                query(where("_id").is(id(org, number)).and("org_id").is(org.value())), Document.class, COLLECTION);
        if (found == null) {
            throw new VaultException("data key " + id(org, number) + " is missing");
        }
        return unwrap(stored(found));
    }

    private DataKey opened(Stored key) {
        SecretKey secret = unwrapped.get(id(key.org(), key.name()), unused -> unwrap(key));
        return new DataKey(key.name(), Objects.requireNonNull(secret, "the loader never returns null"));
    }

    private DataKey create(OrgId org, int number) {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        String name = Integer.toString(number);
        Document document = new Document("_id", id(org, name))
                .append("org_id", org.value())
                .append(WRAPPED, masterKeys.seal(bytes, boundTo(org, name)))
                .append("created_at", Date.from(clock.instant()));
        try {
            mongo.insert(document, COLLECTION);
            return new DataKey(name, new SecretKeySpec(bytes, "AES"));
        } catch (DuplicateKeyException e) {
            // Another replica was faster: its key is the one that counts.
            return new DataKey(name, get(org, name));
        }
    }

    private SecretKey unwrap(Stored key) {
        return new SecretKeySpec(masterKeys.open(key.wrapped(), boundTo(key.org(), key.name())), "AES");
    }

    private static Stored stored(Document document) {
        OrgId org = new OrgId(document.getString("org_id"));
        String name = document.getString("_id").substring(org.value().length() + 1);
        String wrapped = document.getString(WRAPPED);
        if (wrapped == null) {
            throw new VaultException("data key " + id(org, name) + " is empty");
        }
        Date createdAt = document.getDate("created_at");
        return new Stored(
                org, Integer.parseInt(name), wrapped, createdAt == null ? Instant.EPOCH : createdAt.toInstant());
    }

    private static String id(OrgId org, String number) {
        return org + ":" + number;
    }

    private static List<String> boundTo(OrgId org, String number) {
        return List.of(PURPOSE, org.value(), number);
    }
}
