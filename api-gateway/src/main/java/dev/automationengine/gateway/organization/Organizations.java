package dev.automationengine.gateway.organization;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import dev.automationengine.model.organization.Plan;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** All organizations. */
@Repository
public class Organizations {
    private static final int MOST_OWNERS = 20;
    private static final String OWNERS = "owners";

    private final MongoTemplate mongo;
    private final InstantSource clock;

    Organizations(MongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    Organization create(String name, List<UserId> owners) {
        return mongo.insert(new Organization(
                OrgId.random(), name, Plan.FREE, owners, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** The organization of this id. */
    public Optional<Organization> find(OrgId id) {
        return Optional.ofNullable(mongo.findById(id, Organization.class));
    }

    /**
     * Notes that a user is an owner.
     *
     * @return false if there are as many owners as there may be
     */
    public boolean addOwner(OrgId org, UserId user) {
        Query roomLeft = Query.query(where("_id")
                .is(org.value())
                .and(OWNERS + "." + (MOST_OWNERS - 1))
                .exists(false));
        return mongo.updateFirst(roomLeft, new Update().addToSet(OWNERS, user.value()), Organization.class)
                        .getMatchedCount()
                == 1;
    }

    /**
     * Notes that a user is no owner any more. Of two who would leave none one is refused, however they coincide.
     *
     * @return false if the user is the last owner
     */
    public boolean removeOwner(OrgId org, UserId user) {
        Query notTheLast = Query.query(where("_id")
                .is(org.value())
                .and(OWNERS)
                .is(user.value())
                .and(OWNERS + ".1")
                .exists(true));
        boolean removed = mongo.updateFirst(notTheLast, new Update().pull(OWNERS, user.value()), Organization.class)
                        .getModifiedCount()
                == 1;
        return removed || find(org).map(found -> !found.owners().contains(user)).orElse(true);
    }

    /** The organization of this id. */
    Organization require(OrgId id) {
        return find(id).orElseThrow(() -> ProblemException.notFound("organization"));
    }

    /** Removes the organization itself. */
    public void delete(OrgId id) {
        mongo.remove(Query.query(where("_id").is(id.value())), Organization.class);
    }

    /** Gives it another name. */
    Organization rename(OrgId id, String name) {
        return change(id, Update.update("name", name));
    }

    /** Gives it another plan. */
    Organization subscribe(OrgId id, Plan plan) {
        return change(id, Update.update("plan", plan));
    }

    private Organization change(OrgId id, Update update) {
        mongo.updateFirst(Query.query(where("_id").is(id.value())), update, Organization.class);
        return require(id);
    }
}
