package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The one document of {@code vault_rotation}: the state of the pass, and who runs it until when. The lease only saves
 * work; two that run at once do no harm.
 */
final class RotationLedger {
    static final String COLLECTION = "vault_rotation";
    private static final String ID = "rotation";

    private final MongoOperations mongo;
    private final Duration lease;
    private final InstantSource clock;
    private final String me = UUID.randomUUID().toString();

    RotationLedger(MongoOperations mongo, Duration lease, InstantSource clock) {
        this.mongo = mongo;
        this.lease = lease;
        this.clock = clock;
    }

    /** The state of the last pass; empty if there never was one. */
    Optional<RotationState> read() {
        return Optional.ofNullable(mongo.findOne(query(where("_id").is(ID)), Document.class, COLLECTION))
                .filter(document -> document.getString("goal") != null)
                .map(RotationState::of);
    }

    /** Takes the lease; returns false if another process has it. */
    boolean take() {
        try {
            mongo.insert(new Document("_id", ID).append("holder", me).append("until", until()), COLLECTION);
            return true;
        } catch (DuplicateKeyException e) {
            Criteria free = new Criteria()
                    .orOperator(where("holder").is(me), where("until").lt(Date.from(clock.instant())));
            Update mine = new Update().set("holder", me).set("until", until());
            return mongo.updateFirst(query(where("_id").is(ID).andOperator(free)), mine, COLLECTION)
                            .getMatchedCount()
                    > 0;
        }
    }

    /** Prolongs the lease; throws if another process has taken it. */
    void beat() {
        require(new Update());
    }

    /** Keeps the state, and the lease. */
    void write(RotationState state) {
        @Nullable Instant completed = state.completedAt();
        require(new Update()
                .set("goal", state.goal())
                .set("after", state.after())
                .set("wrapped", state.counts().wrapped())
                .set("encrypted", state.counts().encrypted())
                .set("failed", state.counts().failed())
                .set("started_at", Date.from(state.startedAt()))
                .set("completed_at", completed == null ? null : Date.from(completed)));
    }

    /** Lets others run. */
    void release() {
        mongo.updateFirst(
                query(where("_id").is(ID).and("holder").is(me)),
                Update.update("until", Date.from(Instant.EPOCH)),
                COLLECTION);
    }

    private void require(Update update) {
        boolean mine = mongo.updateFirst(
                                query(where("_id").is(ID).and("holder").is(me)),
                                update.set("until", until()),
                                COLLECTION)
                        .getMatchedCount()
                > 0;
        if (!mine) {
            throw new IllegalStateException("another process has taken the rotation of keys over");
        }
    }

    private Date until() {
        return Date.from(clock.instant().plus(lease));
    }
}
