package dev.automationengine.gateway.setup;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.gateway.access.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Who may make the first owner: one at a time, however many replicas start, and only for a while. */
@Repository
class SetupClaim {
    private static final String ID = "first_owner";

    private final MongoTemplate mongo;
    private final InstantSource clock;

    SetupClaim(MongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** A new claim; empty while another one holds. */
    Optional<Secret> claim(Duration lifetime) {
        Secret secret = Secret.random();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant end = now.plus(lifetime);
        try {
            mongo.insert(new Claim(ID, secret.hash(), end));
            return Optional.of(secret);
        } catch (DuplicateKeyException e) {
            Query over = Query.query(where("_id").is(ID).and("expire_at").lte(now));
            Update update = Update.update("secret_hash", secret.hash()).set("expire_at", end);
            return mongo.updateFirst(over, update, Claim.class).getModifiedCount() == 1
                    ? Optional.of(secret)
                    : Optional.empty();
        }
    }

    /** Takes the claim away from whoever shows its secret, so that it is used once; false if it is none. */
    boolean use(Secret secret) {
        Query mine = Query.query(where("_id")
                .is(ID)
                .and("secret_hash")
                .is(secret.hash())
                .and("expire_at")
                .gt(clock.instant()));
        return mongo.remove(mine, Claim.class).getDeletedCount() == 1;
    }

    /** Gives back a claim that was used in vain, unless somebody else has one by now. */
    void giveBack(Secret secret, Duration lifetime) {
        Instant end = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.MILLIS);
        Query none = Query.query(where("_id").is(ID));
        Update update = new Update().setOnInsert("secret_hash", secret.hash()).setOnInsert("expire_at", end);
        mongo.upsert(none, update, Claim.class);
    }

    /**
     * The claim, as stored.
     *
     * @param id always the same: there is one
     * @param secretHash hash of what its holder knows
     * @param expireAt when it ends
     */
    @Document("setup_claims")
    record Claim(@Id String id, String secretHash, Instant expireAt) {}
}
