package dev.automationengine.dispatcher.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import dev.automationengine.dispatcher.DispatcherProperties;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The collection {@code dead_letters}. */
@Component
public class DeadLetterStore {
    static final String DEAD_LETTERS = "dead_letters";
    private static final String ID = "_id";
    private static final String ORG = "org_id";
    private static final String CREATED_AT = "created_at";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final MongoOperations mongo;
    private final JsonMapper json;
    private final DispatcherProperties properties;

    DeadLetterStore(MongoOperations mongo, JsonMapper json, DispatcherProperties properties) {
        this.mongo = mongo;
        this.json = json;
        this.properties = properties;
    }

    /** Stores dead letters by one call; those that are there already are not touched. */
    public void add(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        try {
            collection()
                    .insertMany(letters.stream().map(this::document).toList(), new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            boolean repeatsOnly = e.getWriteConcernError() == null
                    && e.getWriteErrors().stream()
                            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
            if (!repeatsOnly) {
                throw e;
            }
        }
    }

    Optional<DeadLetter> find(OrgId org, JobId id) {
        return Optional.ofNullable(collection()
                        .find(and(eq(ID, id.value()), eq(ORG, org.value())))
                        .first())
                .map(this::letter);
    }

    /**
     * Dead letters, newest first.
     *
     * @param filter members that must be equal; no entry: all
     * @param after the entry that the page before ended with; null: from the newest
     */
    List<DeadLetter> list(OrgId org, Map<String, String> filter, @Nullable Position after, int limit) {
        List<Bson> conditions = new ArrayList<>();
        conditions.add(eq(ORG, org.value()));
        filter.forEach((name, value) -> conditions.add(eq(name, value)));
        if (after != null) {
            Date date = Date.from(after.createdAt());
            conditions.add(or(lt(CREATED_AT, date), and(eq(CREATED_AT, date), lt(ID, after.id()))));
        }
        List<DeadLetter> found = new ArrayList<>();
        collection()
                .find(and(conditions))
                .sort(Sorts.descending(CREATED_AT, ID))
                .limit(limit)
                .forEach(document -> found.add(letter(document)));
        return found;
    }

    /** A place in the list. */
    record Position(Instant createdAt, String id) {}

    private Document document(DeadLetter letter) {
        return new Document(ID, letter.id().value())
                .append(ORG, letter.orgId().value())
                .append("execution_id", letter.executionId().value())
                .append("workflow_id", letter.workflowId().value())
                .append("step_id", letter.stepId().value())
                .append("action", letter.action())
                .append("error", new Document(json.convertValue(letter.error(), OBJECT)))
                .append("attempts", letter.attempts())
                .append(CREATED_AT, Date.from(letter.createdAt()))
                .append("expire_at", Date.from(letter.createdAt().plus(properties.failedRetention())));
    }

    private DeadLetter letter(Document document) {
        JobId id = JobId.parse(document.getString(ID));
        return new DeadLetter(
                id,
                new OrgId(document.getString(ORG)),
                id.execution(),
                new WorkflowId(document.getString("workflow_id")),
                id.step(),
                document.getString("action"),
                json.convertValue(document.get("error", Document.class), StepError.class),
                document.getInteger("attempts"),
                document.getDate(CREATED_AT).toInstant());
    }

    private MongoCollection<Document> collection() {
        return mongo.getCollection(DEAD_LETTERS);
    }
}
