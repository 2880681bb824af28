package dev.automationengine.kit.retention;

import static com.mongodb.client.model.Filters.eq;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.mongodb.client.model.Projections;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * How long organizations keep their data. A change is known everywhere within half a minute. While the database is away
 * what was known stays.
 */
public final class Retentions {
    /** How late a change may be noticed. */
    static final Duration REMEMBERED = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Retentions.class);
    private static final long MOST_REMEMBERED = 10_000;

    private final LoadingCache<OrgId, RetentionSettings> settings;

    Retentions(MongoOperations mongo) {
        // Read anew in the background: nobody waits for it.
        this.settings = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .refreshAfterWrite(REMEMBERED)
                .build(new Stored(mongo));
    }

    /**
     * How long a document is kept that is written now.
     *
     * @param usual for organizations that have not said anything else
     */
    public Duration of(OrgId org, Kept kept, Duration usual) {
        return settings.get(org).of(kept).orElse(usual);
    }

    private static final class Stored implements CacheLoader<OrgId, RetentionSettings> {
        private final MongoOperations mongo;

        private Stored(MongoOperations mongo) {
            this.mongo = mongo;
        }

        @Override
        public RetentionSettings load(OrgId org) {
            return reload(org, RetentionSettings.NONE);
        }

        @Override
        public RetentionSettings reload(OrgId org, RetentionSettings known) {
            try {
                return RetentionSettings.of(mongo.getCollection(RetentionSettings.ORGANIZATIONS)
                        .find(eq("_id", org.value()))
                        .projection(Projections.include(RetentionSettings.MEMBER))
                        .first());
            } catch (RuntimeException e) {
                log.warn("How long {} keeps its data cannot be read, it is as it was: {}", org, e.getMessage());
                return known;
            }
        }
    }
}
