package dev.automationengine.logging.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.automationengine.model.execution.MessageDelivery;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/**
 * The collection {@code message_deliveries}. Of two statuses of a message the later one of {@link MessageDelivery.Status}
 * stays, whichever comes last.
 */
@Repository
public class Deliveries {
    static final String COLLECTION = "message_deliveries";

    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String RANK = "rank";

    private final MongoTemplate mongo;

    Deliveries(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** How far messages are, by their keys; those that nobody told of are left out. */
    public Map<String, Delivery> find(OrgId org, Collection<String> messageKeys) {
        Map<String, Delivery> found = new HashMap<>();
        if (!messageKeys.isEmpty()) {
            collection()
                    .find(and(eq(ORG, org.value()), in(ID, messageKeys)))
                    .forEach(document -> found.put(document.getString(ID), delivery(document)));
        }
        return found;
    }

    /**
     * Writes statuses in one round trip, or two if another replica writes the same.
     *
     * @param expiries when each is forgotten
     * @throws RuntimeException if MongoDB is away; all may be written again then
     */
    void write(Map<MessageDelivery, Instant> expiries) {
        List<ReplaceOneModel<Document>> models = expiries.entrySet().stream()
                .map(entry -> model(document(entry.getKey(), entry.getValue()), true))
                .toList();
        try {
            bulk(models);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream()
                            .anyMatch(error ->
                                    ErrorCategory.fromErrorCode(error.getCode()) != ErrorCategory.DUPLICATE_KEY)) {
                throw e;
            }
            // An upsert meets its own id where the stored status is not earlier, or was stored by another in this
            // moment.
            bulk(e.getWriteErrors().stream()
                    .map(error -> models.get(error.getIndex()).getReplacement())
                    .map(document -> model(document, false))
                    .toList());
        }
    }

    private void bulk(List<ReplaceOneModel<Document>> models) {
        if (!models.isEmpty()) {
            collection().bulkWrite(models, new BulkWriteOptions().ordered(false));
        }
    }

    private static ReplaceOneModel<Document> model(Document document, boolean insertIfAbsent) {
        return new ReplaceOneModel<>(
                and(eq(ID, document.get(ID)), eq(ORG, document.get(ORG)), lt(RANK, document.get(RANK))),
                document,
                new ReplaceOptions().upsert(insertIfAbsent));
    }

    private static Document document(MessageDelivery delivery, Instant expireAt) {
        return new Document(ID, delivery.messageKey())
                .append(ORG, delivery.orgId().value())
                .append(RANK, delivery.status().ordinal())
                .append("status", delivery.status().name())
                .append("at", Date.from(delivery.at()))
                .append("error_code", delivery.errorCode())
                .append("error_details", delivery.errorDetails())
                .append("expire_at", Date.from(expireAt));
    }

    private static Delivery delivery(Document document) {
        return new Delivery(
                MessageDelivery.Status.valueOf(document.getString("status")),
                document.getDate("at").toInstant(),
                document.getString("error_code"),
                document.getString("error_details"));
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(COLLECTION);
    }
}
