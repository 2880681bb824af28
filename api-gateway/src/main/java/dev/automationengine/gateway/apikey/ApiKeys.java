package dev.automationengine.gateway.apikey;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.gateway.access.Caller;
import dev.automationengine.gateway.access.Scope;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** The API keys of all organizations. */
@Repository
public class ApiKeys {
    private static final String FIRST_KEY = "first key";

    private final MongoTemplate mongo;
    private final InstantSource clock;

    ApiKeys(MongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /**
     * Makes the first key of an organization, which may do everything.
     *
     * @param org the organization that it acts for
     */
    public NewApiKey createFirst(OrgId org) {
        return create(org, new WantedKey(FIRST_KEY, EnumSet.allOf(Scope.class), null), null);
    }

    /**
     * Makes a key that may do no more than its maker.
     *
     * @param maker who makes it, for the own organization
     * @param wanted the key
     * @throws ProblemException 403 if it may do more than its maker; 400 if it has ended already
     */
    NewApiKey create(Caller maker, WantedKey wanted) {
        Set<Scope> scopes = wanted.scopes() == null ? maker.scopes() : wanted.scopes();
        if (!maker.scopes().containsAll(scopes)) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "A key may do no more than its maker.",
                    List.of(new FieldError("/scopes", "leave out what you may not do yourself; GET /v1/me tells")));
        }
        Instant expiresAt = wanted.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    "The key has ended already.",
                    List.of(new FieldError("/expires_at", "must be a time to come")));
        }
        return create(maker.org(), new WantedKey(wanted.name(), scopes, expiresAt), maker.subject());
    }

    private NewApiKey create(OrgId org, WantedKey wanted, @Nullable String maker) {
        KeyText key = KeyText.random();
        Set<Scope> scopes = Objects.requireNonNull(wanted.scopes());
        // MongoDB keeps milliseconds: what is answered now must equal what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ApiKey stored = mongo.insert(new ApiKey(
                key.id(), org, wanted.name(), key.secretHash(), scopes, now, maker, wanted.expiresAt(), null));
        List<Scope> sorted = scopes.stream().sorted().toList();
        return new NewApiKey(stored.id(), stored.name(), key.text(), sorted, stored.createdAt(), stored.expiresAt());
    }

    /** The key of this id, whosever it is. */
    Optional<ApiKey> find(String id) {
        return Optional.ofNullable(mongo.findById(id, ApiKey.class));
    }

    /** Whether the organization has this key. */
    public boolean exists(OrgId org, String id) {
        return find(id).filter(key -> key.orgId().equals(org)).isPresent();
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

    void deleteAll(OrgId org) {
        mongo.remove(Query.query(where("org_id").is(org.value())), ApiKey.class);
    }
}
