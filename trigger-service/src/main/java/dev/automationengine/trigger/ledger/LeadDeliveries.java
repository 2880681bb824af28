package dev.automationengine.trigger.ledger;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Writes into the ledger what executions do with leads: for each its status, and where it delivers to. Of an execution the
 * newer revision holds, whatever comes first.
 */
@Component
class LeadDeliveries {
    static final String EXECUTIONS = "executions";
    static final String ROUTED = "routed";
    static final String DELIVERED = "delivered";

    /** Executions beyond are not listed: somebody ran a lead again and again. */
    private static final int MOST_EXECUTIONS = 50;

    private static final String COUNT = "execution_count";

    private final MongoOperations mongo;

    LeadDeliveries(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Writes a batch by one command; leads without an entry are from before the ledger, and are left out. */
    void write(Collection<ExecutionSnapshot> snapshots) {
        List<WriteModel<Document>> updates = new ArrayList<>();
        for (ExecutionSnapshot snapshot : snapshots) {
            String path = EXECUTIONS + "." + snapshot.executionId().value();
            Bson lead = LeadLedger.entry(snapshot.orgId(), snapshot.eventId());
            Bson change = change(path, snapshot);
            updates.add(new UpdateOneModel<>(and(lead, lt(path + ".rev", snapshot.rev())), change));
            updates.add(new UpdateOneModel<>(
                    and(lead, exists(path, false), not(gte(COUNT, MOST_EXECUTIONS))), combine(change, inc(COUNT, 1))));
        }
        if (!updates.isEmpty()) {
            mongo.getCollection(LeadLedger.COLLECTION).bulkWrite(updates);
        }
    }

    private static Bson change(String path, ExecutionSnapshot snapshot) {
        List<Bson> changes = new ArrayList<>(List.of(set(path, document(snapshot)), set(ROUTED, 1)));
        if (snapshot.status() == ExecutionStatus.COMPLETED) {
            changes.add(set(DELIVERED, 1));
        }
        return combine(changes);
    }

    private static Document document(ExecutionSnapshot snapshot) {
        return new Document("rev", snapshot.rev())
                .append("workflow_id", snapshot.workflowId().value())
                .append("status", snapshot.status().name().toLowerCase(Locale.ROOT))
                .append("updated_at", Date.from(snapshot.updatedAt()))
                .append(
                        "destinations",
                        snapshot.steps().stream()
                                .filter(step -> step.action() != null)
                                .map(LeadDeliveries::destination)
                                .toList());
    }

    private static Document destination(ExecutionSnapshot.Step step) {
        return new Document("step_id", step.stepId().value())
                .append("action", step.action())
                .append("status", step.status().name().toLowerCase(Locale.ROOT))
                .append("at", step.finishedAt() == null ? null : Date.from(step.finishedAt()));
    }
}
