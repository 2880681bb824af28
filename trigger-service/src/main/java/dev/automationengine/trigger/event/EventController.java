package dev.automationengine.trigger.event;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.automationengine.kit.page.Cursor;
import dev.automationengine.kit.page.Page;
import dev.automationengine.kit.privacy.ShowsPeople;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.security.CurrentOrg;
import dev.automationengine.model.id.OrgId;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the events of an organization. */
@RestController
@ShowsPeople
@RequestMapping("/v1/events")
class EventController {
    private final MongoOperations mongo;
    private final EventDocuments documents;

    EventController(MongoOperations mongo, EventDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
    }

    /** The events, newest first, without their data. */
    @Operation(operationId = "listEvents", summary = "List events, the newest first, without their data")
    @GetMapping
    Page<EventView> list(
            @CurrentOrg OrgId org,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        List<Bson> filters = new ArrayList<>(List.of(Filters.eq("org_id", org.value())));
        if (type != null) {
            filters.add(Filters.eq("type", type));
        }
        if (cursor != null) {
            filters.add(after(cursor));
        }
        List<EventView> found = mongo.getCollection(EventArchive.COLLECTION)
                .find(Filters.and(filters))
                .projection(Projections.exclude("data"))
                .sort(Sorts.descending("received_at", "_id"))
                .limit(limit + 1)
                .map(documents::read)
                .into(new ArrayList<>());
        return Page.of(found, limit, last -> Cursor.encode(last.receivedAt().toString(), last.id()));
    }

    /** One event with its data. */
    @Operation(operationId = "getEvent", summary = "An event with its data")
    @GetMapping("/{id}")
    EventView get(@CurrentOrg OrgId org, @PathVariable String id) {
        Document found = mongo.getCollection(EventArchive.COLLECTION)
                .find(Filters.and(Filters.eq("org_id", org.value()), Filters.eq("_id", id)))
                .first();
        if (found == null) {
            throw ProblemException.notFound("event");
        }
        return documents.read(found);
    }

    private static Bson after(String cursor) {
        List<String> keys = Cursor.decode(cursor, 2);
        try {
            Date time = Date.from(Instant.parse(keys.getFirst()));
            return Filters.or(
                    Filters.lt("received_at", time),
                    Filters.and(Filters.eq("received_at", time), Filters.lt("_id", keys.getLast())));
        } catch (DateTimeException e) {
            throw Cursor.invalid(e);
        }
    }
}
