package dev.automationengine.gateway.login;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** The sessions of all users. */
@Repository
class Sessions {
    private static final String REVOKED_AT = "revoked_at";

    private final MongoTemplate mongo;
    private final LoginProperties properties;
    private final InstantSource clock;

    Sessions(MongoTemplate mongo, LoginProperties properties, InstantSource clock) {
        this.mongo = mongo;
        this.properties = properties;
        this.clock = clock;
    }

    /** Begins a session; those unused longest end if there are more than a user may have. */
    Session begin(UserId user, RefreshToken token) {
        Instant now = now();
        Session begun = mongo.insert(new Session(
                token.session(),
                token.org(),
                user,
                token.family().hash(),
                token.secret().hash(),
                now,
                now,
                end(now, now),
                null));
        Query tooMany = Query.query(ofUser(token.org(), user))
                .with(Sort.by(Sort.Direction.DESC, "used_at", "_id"))
                .skip(properties.sessionsPerUser());
        List<String> ids =
                mongo.find(tooMany, Session.class).stream().map(Session::id).toList();
        if (!ids.isEmpty()) {
            mongo.remove(
                    Query.query(
                            where("_id").in(ids).and("org_id").is(token.org().value())),
                    Session.class);
        }
        return begun;
    }

    Optional<Session> find(OrgId org, String id) {
        return Optional.ofNullable(mongo.findOne(Query.query(byId(org, id)), Session.class));
    }

    /** Exchanges the newest token of a living session for the next one; of several at a time one succeeds. */
    boolean rotate(Session session, RefreshToken shown, RefreshToken next) {
        Instant now = now();
        Query newest = Query.query(byId(session.orgId(), session.id())
                .and("secret_hash")
                .is(shown.secret().hash())
                .and(REVOKED_AT)
                .isNull());
        Update update = new Update()
                .set("secret_hash", next.secret().hash())
                .set("used_at", now)
                .set("expire_at", end(session.createdAt(), now));
        return mongo.updateFirst(newest, update, Session.class).getModifiedCount() == 1;
    }

    void revoke(OrgId org, String id) {
        mongo.updateFirst(
                Query.query(byId(org, id).and(REVOKED_AT).isNull()), Update.update(REVOKED_AT, now()), Session.class);
    }

    /** Ends the user's sessions. */
    void revokeAll(OrgId org, UserId user) {
        mongo.updateMulti(
                Query.query(ofUser(org, user).and(REVOKED_AT).isNull()),
                Update.update(REVOKED_AT, now()),
                Session.class);
    }

    private Instant end(Instant createdAt, Instant usedAt) {
        Instant idle = usedAt.plus(properties.idle());
        Instant longest = createdAt.plus(properties.longest());
        return idle.isBefore(longest) ? idle : longest;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Criteria byId(OrgId org, String id) {
        return where("_id").is(id).and("org_id").is(org.value());
    }

    private static Criteria ofUser(OrgId org, UserId user) {
        return where("org_id").is(org.value()).and("user_id").is(user.value());
    }
}
