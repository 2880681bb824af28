package dev.automationengine.polling.lease;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * States in MongoDB that one replica holds at a time: whoever wants to work on one claims it by compare-and-set, and whoever
 * has lost it cannot write its result any more. They have the members {@code org_id}, {@code next_at}, {@code lease_owner},
 * {@code lease_until}, {@code rev} and {@code expire_at}; what else there is belongs to their users. A state that nobody has
 * claimed for the retention vanishes.
 */
public final class LeasedStates {
    private static final int DUPLICATE_KEY = 11_000;

    private final MongoOperations mongo;
    private final String collection;

    /** The states of a collection. */
    public LeasedStates(MongoOperations mongo, String collection) {
        this.mongo = mongo;
        this.collection = collection;
    }

    /** Those that are there, in one read. */
    public List<Document> find(Collection<OrgId> orgs, Collection<String> ids) {
        Set<String> organizations = orgs.stream().map(OrgId::value).collect(Collectors.toSet());
        return states().find(Filters.and(Filters.in("org_id", organizations), Filters.in("_id", ids)))
                .into(new ArrayList<>());
    }

    /**
     * Those of an organization by id.
     *
     * @param after the last id of the page before; null for the first page
     */
    public List<Document> list(OrgId org, @Nullable String after, int limit) {
        Bson ofOrg = Filters.eq("org_id", org.value());
        return states().find(after == null ? ofOrg : Filters.and(ofOrg, Filters.gt("_id", after)))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .into(new ArrayList<>());
    }

    /** Stores states that are new; those that are there already stay as they are. */
    public void open(List<Document> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        try {
            states().insertMany(fresh, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /**
     * Takes a state that is due and that nobody holds.
     *
     * @param owner a name that no other replica has
     * @return the state as it is now; empty if it is not due or another one was faster
     */
    public Optional<Document> claim(
            OrgId org, String id, String owner, Instant now, Duration lease, Duration retention) {
        Bson free = Filters.or(Filters.eq("lease_until", null), Filters.lte("lease_until", Date.from(now)));
        return Optional.ofNullable(states().findOneAndUpdate(
                        Filters.and(of(org, id), Filters.lte("next_at", Date.from(now)), free),
                        Updates.combine(
                                Updates.set("lease_owner", owner),
                                Updates.set("lease_until", Date.from(now.plus(lease))),
                                Updates.set("expire_at", Date.from(now.plus(retention))),
                                Updates.inc("rev", 1L)),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
    }

    /** Extends a claim; false if it was lost, because it had ended and another replica took the state. */
    public boolean renew(Claim claim, Instant until) {
        return update(claim, Updates.set("lease_until", Date.from(until)));
    }

    /** Changes a state that is held; false if the claim was lost: then nothing is changed. */
    public boolean update(Claim claim, Bson change) {
        return states().updateOne(held(claim), change).getMatchedCount() == 1;
    }

    private MongoCollection<Document> states() {
        return mongo.getCollection(collection);
    }

    private static Bson of(OrgId org, String id) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("org_id", org.value()));
    }

    private static Bson held(Claim claim) {
        return Filters.and(
                of(claim.org(), claim.id()), Filters.eq("lease_owner", claim.owner()), Filters.eq("rev", claim.rev()));
    }
}
