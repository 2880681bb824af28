package dev.automationengine.trigger.unrouted;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import dev.automationengine.trigger.meta.LeadgenChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Keeps the leads of pages and forms that no active workflow listens to: somebody may have forgotten to publish one. They
 * belong to no organization and hold ids only.
 */
@Component
public class UnroutedLeads {
    static final String COLLECTION = "unrouted_events";
    private static final Logger log = LoggerFactory.getLogger(UnroutedLeads.class);
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int DUPLICATE_KEY = 11_000;

    private final MongoOperations mongo;
    private final InstantSource clock;
    private final MeterRegistry meters;

    UnroutedLeads(MongoOperations mongo, InstantSource clock, MeterRegistry meters) {
        this.mongo = mongo;
        this.clock = clock;
        this.meters = meters;
    }

    /** Keeps leads for 30 days; one that is kept already stays as it is. */
    public void keep(List<LeadgenChange> leads) {
        if (leads.isEmpty()) {
            return;
        }
        try {
            mongo.getCollection(COLLECTION)
                    .insertMany(leads.stream().map(this::document).toList(), new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw e;
            }
        }
        meters.counter("engine.trigger.unrouted").increment(leads.size());
        leads.forEach(lead -> log.warn(
                "Lead {} of page {}, form {} has no active workflow: kept for 30 days",
                lead.leadgenId(),
                lead.pageId(),
                lead.formId()));
    }

    private Document document(LeadgenChange lead) {
        return new Document("_id", lead.leadgenId())
                .append("page_id", lead.pageId())
                .append("form_id", lead.formId())
                .append("received_at", Date.from(clock.instant()))
                .append("expire_at", Date.from(clock.instant().plus(RETENTION)));
    }
}
