package dev.automationengine.gateway.invitation;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** The open invitations of all organizations. */
@Repository
class Invitations {
    private final MongoTemplate mongo;
    private final InstantSource clock;

    Invitations(MongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    void insert(Invitation invitation) {
        mongo.insert(invitation);
    }

    Optional<Invitation> find(InvitationText shown) {
        Criteria id = open(shown.org()).and("_id").is(shown.id());
        return Optional.ofNullable(mongo.findOne(Query.query(id), Invitation.class))
                .filter(found -> shown.secret().matches(found.secretHash()));
    }

    /** Whether there are as many open ones as there may be. */
    boolean full(OrgId org, int most) {
        return mongo.count(Query.query(open(org)).limit(most), Invitation.class) >= most;
    }

    /** The open invitations in order of id, those after {@code afterId}. */
    List<Invitation> list(OrgId org, @Nullable String afterId, int limit) {
        Criteria mine = open(org);
        if (afterId != null) {
            mine = mine.and("_id").gt(afterId);
        }
        return mongo.find(Query.query(mine).with(Sort.by("_id")).limit(limit), Invitation.class);
    }

    /** Removes an invitation; false if there is none of this id. */
    boolean remove(OrgId org, String id) {
        Query query = Query.query(where("_id").is(id).and("org_id").is(org.value()));
        return mongo.remove(query, Invitation.class).getDeletedCount() > 0;
    }

    void removeAll(OrgId org) {
        mongo.remove(Query.query(where("org_id").is(org.value())), Invitation.class);
    }

    private Criteria open(OrgId org) {
        Instant now = clock.instant();
        return where("org_id").is(org.value()).and("expire_at").gt(now);
    }
}
