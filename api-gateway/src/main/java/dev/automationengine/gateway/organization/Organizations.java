package dev.automationengine.gateway.organization;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** All organizations. */
@Repository
class Organizations {
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

    Optional<Organization> find(OrgId id) {
        return Optional.ofNullable(mongo.findById(id, Organization.class));
    }
}
