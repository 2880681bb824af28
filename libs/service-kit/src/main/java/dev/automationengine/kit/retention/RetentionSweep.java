package dev.automationengine.kit.retention;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.Projections;
import dev.automationengine.kit.mongo.Sweep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Deletes what is over, in batches, organization by organization: what was written before its organization said that it
 * is kept for less time, and what has expired, where the server does not delete it by itself (MongoDB does). Replicas
 * that do it at the same time delete the same.
 */
final class RetentionSweep {
    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String EXPIRE_AT = "expire_at";
    /** Beyond the time until every replica writes with the new setting. */
    private static final Duration GRACE = Duration.ofDays(1);

    private final MongoOperations mongo;
    private final List<Kept> collections;
    private final RetentionProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;

    RetentionSweep(
            MongoOperations mongo,
            List<Kept> collections,
            RetentionProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.mongo = mongo;
        this.collections = List.copyOf(collections);
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /** One look at all collections of this service. */
    void sweep() {
        collections.forEach(this::deleteExpired);
        mongo.getCollection(RetentionSettings.ORGANIZATIONS)
                .find(exists(RetentionSettings.MEMBER))
                .comment(Sweep.RETENTION_SETTINGS.comment())
                .projection(Projections.include(RetentionSettings.MEMBER))
                .forEach(organization -> {
                    RetentionSettings settings = RetentionSettings.of(organization);
                    collections.forEach(kept -> deleteShortened(organization.getString(ID), kept, settings));
                });
    }

    private void deleteExpired(Kept kept) {
        Bson expired = lte(EXPIRE_AT, Date.from(clock.instant()));
        for (int i = 0; i < properties.mostBatches(); i++) {
            List<Document> found = mongo.getCollection(kept.collection())
                    .find(expired)
                    .comment(kept.expired().comment())
                    .projection(Projections.include(ID, ORG))
                    .limit(properties.batch())
                    .into(new ArrayList<>());
            Map<String, List<String>> idsByOrg = found.stream()
                    .collect(Collectors.groupingBy(
                            document -> document.getString(ORG),
                            Collectors.mapping(document -> document.getString(ID), Collectors.toList())));
            idsByOrg.forEach((org, ids) -> delete(kept, org, ids, expired, "expired"));
            if (found.size() < properties.batch()) {
                return;
            }
        }
    }

    private void deleteShortened(String org, Kept kept, RetentionSettings settings) {
        Duration time = settings.of(kept).orElse(null);
        Instant changedAt = settings.changedAt();
        Instant now = clock.instant();
        // What was written since has its right end already.
        if (time == null
                || changedAt == null
                || changedAt.plus(time).plus(GRACE).isBefore(now)) {
            return;
        }
        Date cutoff = Date.from(now.minus(time));
        Bson over = and(kept.since().stream().map(member -> lt(member, cutoff)).toList());
        for (int i = 0; i < properties.mostBatches(); i++) {
            List<String> ids = mongo.getCollection(kept.collection())
                    .find(and(eq(ORG, org), over))
                    .projection(Projections.include(ID))
                    .limit(properties.batch())
                    .map(document -> document.getString(ID))
                    .into(new ArrayList<>());
            delete(kept, org, ids, over, "shortened");
            if (ids.size() < properties.batch()) {
                return;
            }
        }
    }

    private void delete(Kept kept, String org, List<String> ids, Bson stillOver, String why) {
        if (ids.isEmpty()) {
            return;
        }
        // Once more that it is over: what was changed in between stays.
        long deleted = mongo.getCollection(kept.collection())
                .deleteMany(and(eq(ORG, org), in(ID, ids), stillOver))
                .getDeletedCount();
        meters.counter("engine.retention.deleted", "collection", kept.collection(), "why", why)
                .increment(deleted);
    }
}
