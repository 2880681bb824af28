package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Writes credentials: just for the service that owns the collection, which sets {@code engine.vault.owner}. Other
 * processes see a change within two seconds ({@link CredentialCache}).
 */
public final class CredentialStore {
    /** {@code {_id, org_id, kind, name, attributes, ciphertext, rev, created_at, updated_at, previous_until}}. */
    public static final String COLLECTION = "credentials";

    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final Canary canary;
    private final MongoCredentialVault vault;
    private final InstantSource clock;

    CredentialStore(
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
     * Stores a new credential.
     *
     * @param attributes what is not secret
     * @param secrets what is
     * @throws VaultException if the master key is the wrong one
     */
    public CredentialSummary create(
            OrgId org, String kind, String name, Map<String, String> attributes, Map<String, String> secrets) {
        canary.check();
        // MongoDB keeps milliseconds: what is returned now must be what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Credential credential = new Credential(CredentialId.random(), org, kind, name, attributes, secrets);
        mongo.insert(
                new Document("_id", credential.id().value())
                        .append("org_id", org.value())
                        .append("kind", kind)
                        .append("name", name)
                        .append("attributes", new Document(Map.copyOf(attributes)))
                        .append(CredentialCodec.CIPHERTEXT, codec.seal(credential))
                        .append("rev", 1L)
                        .append("created_at", Date.from(now))
                        .append("updated_at", Date.from(now)),
                COLLECTION);
        vault.forget();
        return new CredentialSummary(credential.id(), kind, name, attributes, now, now, 1, null);
    }

    /**
     * Changes a credential in place: what refers to it by id goes on with the new secrets.
     *
     * @throws VaultException if the secrets before are needed and cannot be decrypted
     */
    public CredentialChange.Outcome replace(OrgId org, CredentialId id, CredentialChange change) {
        canary.check();
        Document before = mongo.findOne(query(mine(org, id)), Document.class, COLLECTION);
        if (before == null) {
            return new CredentialChange.Outcome.Missing();
        }
        long rev = CredentialCodec.rev(before);
        if (change.expectedRev() != null && change.expectedRev() != rev) {
            return new CredentialChange.Outcome.Conflict(rev);
        }
        Document after = codec.changed(before, change, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Criteria unchanged = mine(org, id).and("rev").is(before.get("rev"));
        boolean changed = mongo.replace(query(unchanged), after, COLLECTION).getMatchedCount() > 0;
        vault.forget();
        return changed
                ? new CredentialChange.Outcome.Changed(summary(after))
                : new CredentialChange.Outcome.Conflict(rev + 1);
    }

    /** What may be shown of a credential; empty if the organization has none of that id. */
    public Optional<CredentialSummary> find(OrgId org, CredentialId id) {
        return Optional.ofNullable(mongo.findOne(query(mine(org, id)), Document.class, COLLECTION))
                .map(CredentialStore::summary);
    }

    /**
     * The organization's credentials by age, oldest first.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit most credentials to return
     */
    public List<CredentialSummary> list(OrgId org, @Nullable CredentialId after, int limit) {
        Criteria criteria = where("org_id").is(org.value());
        if (after != null) {
            criteria.and("_id").gt(after.value());
        }
        return mongo.find(query(criteria).with(Sort.by("_id")).limit(limit), Document.class, COLLECTION).stream()
                .map(CredentialStore::summary)
                .toList();
    }

    /** Deletes a credential; returns whether the organization had it. */
    public boolean delete(OrgId org, CredentialId id) {
        boolean deleted = mongo.remove(query(mine(org, id)), COLLECTION).getDeletedCount() > 0;
        vault.forget();
        return deleted;
    }

    private static Criteria mine(OrgId org, CredentialId id) {
        return where("_id").is(id.value()).and("org_id").is(org.value());
    }

    private static CredentialSummary summary(Document document) {
        Date until = document.getDate(CredentialCodec.PREVIOUS_UNTIL);
        return new CredentialSummary(
                new CredentialId(document.getString("_id")),
                document.getString("kind"),
                document.getString("name"),
                CredentialCodec.attributes(document),
                document.getDate("created_at").toInstant(),
                document.getDate("updated_at").toInstant(),
                CredentialCodec.rev(document),
                until == null ? null : until.toInstant());
    }
}
