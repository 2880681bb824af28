package dev.automationengine.dispatcher.plan;

import static com.mongodb.client.model.Filters.in;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.model.Projections;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.organization.Plan;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The plans of organizations, which the gateway keeps in {@code organizations}: read by {@code _id}, by one query for a
 * batch, and believed for a short time.
 */
@Component
public class Subscriptions {
    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final long MOST_REMEMBERED = 10_000;

    private final MongoOperations mongo;
    private final QuotaProperties properties;
    private final Cache<OrgId, Plan> plans;

    Subscriptions(MongoOperations mongo, QuotaProperties properties) {
        this.mongo = mongo;
        this.properties = properties;
        this.plans = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(properties.planCache())
                .build();
    }

    /** What an organization has subscribed to. */
    public Subscription of(OrgId org) {
        return Objects.requireNonNull(of(Set.of(org)).get(org));
    }

    /** What organizations have subscribed to; each of them has an entry. */
    public Map<OrgId, Subscription> of(Collection<OrgId> orgs) {
        Map<OrgId, Subscription> found = new HashMap<>();
        plans.getAll(orgs, this::read)
                .forEach((org, plan) -> found.put(org, new Subscription(plan, properties.of(plan))));
        return found;
    }

    private Map<OrgId, Plan> read(Set<? extends OrgId> orgs) {
        Map<OrgId, Plan> found = new HashMap<>();
        orgs.forEach(org -> found.put(org, Plan.FREE));
        List<String> ids = orgs.stream().map(OrgId::value).toList();
        mongo.getCollection("organizations")
                .find(in("_id", ids))
                .projection(Projections.include("plan"))
                .forEach(document -> found.put(new OrgId(document.getString("_id")), plan(document)));
        return found;
    }

    /** Organizations older than plans have none. */
    private static Plan plan(Document organization) {
        @Nullable String plan = organization.getString("plan");
        try {
            return plan == null ? Plan.FREE : Plan.valueOf(plan);
        } catch (IllegalArgumentException e) {
            log.warn("An organization has the unknown plan {}, {} is assumed", plan, Plan.FREE.label());
            return Plan.FREE;
        }
    }
}
