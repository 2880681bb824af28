package dev.automationengine.gateway.user;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
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

/**
 * Which user signs in by which address. Whoever signs in names no organization, so this collection is not sharded by
 * it: the hash of the address is the {@code _id}, which also keeps an address from belonging to two users. An entry is
 * made before its user and removed after, so one without a user is what an interruption left; after a minute the next
 * who needs the address takes it over.
 */
@Repository
class LoginDirectory {
    private static final Duration LONGEST_CREATION = Duration.ofMinutes(1);

    private final MongoTemplate mongo;
    private final InstantSource clock;

    LoginDirectory(MongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    Optional<Entry> find(EmailAddress email) {
        return Optional.ofNullable(mongo.findById(email.hash(), Entry.class));
    }

    boolean any() {
        return mongo.findOne(new Query().comment(Sweep.ANY_USER.comment()), Entry.class) != null;
    }

    /** Makes the address the user's; false if it is somebody else's. */
    boolean claim(EmailAddress email, OrgId org, UserId user) {
        Entry wanted = new Entry(email.hash(), org, user, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try {
            mongo.insert(wanted);
            return true;
        } catch (DuplicateKeyException e) {
            return find(email)
                    .filter(this::abandoned)
                    .map(old -> takeOver(old, wanted))
                    .orElse(false);
        }
    }

    void release(EmailAddress email, UserId user) {
        mongo.remove(Query.query(where("_id").is(email.hash()).and("user_id").is(user.value())), Entry.class);
    }

    private boolean abandoned(Entry entry) {
        Instant latest = clock.instant().minus(LONGEST_CREATION);
        Query user = Query.query(where("_id")
                .is(entry.userId().value())
                .and("org_id")
                .is(entry.orgId().value()));
        return entry.claimedAt().isBefore(latest) && !mongo.exists(user, User.class);
    }

    private boolean takeOver(Entry old, Entry wanted) {
        Query same = Query.query(
                where("_id").is(old.id()).and("user_id").is(old.userId().value()));
        Update update = new Update()
                .set("org_id", wanted.orgId().value())
                .set("user_id", wanted.userId().value())
                .set("claimed_at", wanted.claimedAt());
        return mongo.updateFirst(same, update, Entry.class).getModifiedCount() == 1;
    }

    /**
     * Who signs in by an address.
     *
     * @param id the hash of the address
     * @param orgId the user's organization
     * @param userId the user
     * @param claimedAt when the address became the user's
     */
    @Document(Entry.COLLECTION)
    record Entry(@Id String id, OrgId orgId, UserId userId, Instant claimedAt) {
        static final String COLLECTION = "logins";
    }
}
