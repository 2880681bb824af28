package dev.automationengine.gateway.apikey;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.model.id.OrgId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** The API keys of all organizations. */
@Repository
public class ApiKeys {
    private final MongoTemplate mongo;
    private final InstantSource clock;

    ApiKeys(MongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /**
     * Makes a key.
     *
     * @param org the organization that it acts for
     * @param name what its owner calls it
     */
    public NewApiKey create(OrgId org, String name) {
        KeyText key = KeyText.random();
        // MongoDB keeps milliseconds: what is answered now must equal what is read later.
        ApiKey stored = new ApiKey(
                key.id(), org, name, key.secretHash(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        mongo.insert(stored);
        return new NewApiKey(stored.id(), stored.name(), key.text(), stored.createdAt());
    }

    /** The key of this id, whosever it is. */
    Optional<ApiKey> find(String id) {
        return Optional.ofNullable(mongo.findById(id, ApiKey.class));
    }

    /** The organization's keys in order of id, those after {@code afterId}. */
    List<ApiKey> list(OrgId org, @Nullable String afterId, int limit) {
        Criteria mine = where("org_id").is(org.value());
        if (afterId != null) {
            mine = mine.and("_id").gt(afterId);
        }
        return mongo.find(Query.query(mine).with(Sort.by("_id")).limit(limit), ApiKey.class);
    }

    /** Deletes a key of the organization; false if it has none of this id. */
    boolean delete(OrgId org, String id) {
        Query query = Query.query(where("_id").is(id).and("org_id").is(org.value()));
        return mongo.remove(query, ApiKey.class).getDeletedCount() > 0;
    }
}
