package dev.automationengine.gateway.organization;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.organization.Plan;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What organizations have subscribed to. A change is known everywhere within half a minute. While the database is away
 * the plan that was known stays.
 */
@Component
public class OrganizationPlans {
    private static final Logger log = LoggerFactory.getLogger(OrganizationPlans.class);
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final long MOST_REMEMBERED = 10_000;

    private final LoadingCache<OrgId, Plan> plans;

    OrganizationPlans(Organizations organizations) {
        // Read anew in the background: calls do not wait for it.
        this.plans = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .refreshAfterWrite(REMEMBERED)
                .build(new Stored(organizations));
    }

    /** The plan of an organization; {@link Plan#FREE} if it cannot be read. */
    public Plan of(OrgId org) {
        return plans.get(org);
    }

    private record Stored(Organizations organizations) implements CacheLoader<OrgId, Plan> {
        @Override
        public Plan load(OrgId org) {
            return reload(org, Plan.FREE);
        }

        @Override
        public Plan reload(OrgId org, Plan known) {
            try {
                return organizations.find(org).map(Organization::plan).orElse(known);
            } catch (DataAccessException e) {
                log.warn(
                        "The plan of an organization cannot be read, {} is assumed: {}", known.label(), e.getMessage());
                return known;
            }
        }
    }
}
