package dev.automationengine.logging.executionlog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import dev.automationengine.kit.privacy.PersonalCollection;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes people out of the log. The execution's own document comes first, and its snapshot without the person has a
 * higher revision: so none that is still on its way brings the person back.
 */
@Component
class PersonalExecutionLogs implements PersonalCollection {
    private static final List<List<String>> PAYLOADS = List.of(
            List.of("trigger"),
            List.of("steps", "*", "input"),
            List.of("steps", "*", "output"),
            List.of("steps", "*", "attempts", "*", "error", "request"),
            List.of("steps", "*", "attempts", "*", "error", "answer"),
            List.of("steps", "*", "attempts", "*", "error", "message"),
            List.of("error", "request"),
            List.of("error", "answer"),
            List.of("error", "message"));

    private final MongoTemplate mongo;

    PersonalExecutionLogs(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String name() {
        return ExecutionLogs.COLLECTION;
    }

    @Override
    public List<List<String>> payloads() {
        return PAYLOADS;
    }

    @Override
    public List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase) {
        String id = found.getString("_id");
        Bson read = and(eq("_id", id), eq("org_id", work.orgId().value()), eq("rev", found.get("rev")));
        // One that changed just now is found again by the next pass.
        boolean erased =
                mongo.getCollection(name()).replaceOne(read, erase.apply(found)).getMatchedCount() == 1;
        return List.of(new Finding(name(), id, erased));
    }
}
