package dev.automationengine.dispatcher.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.Updates;
import dev.automationengine.dispatcher.DispatcherProperties;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Resolution;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Status;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore.Position;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.Retentions;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How dead letters look in MongoDB, and how they are found there. */
@Component
class DeadLetterDocuments {
    static final String ID = "_id";
    static final String ORG = "org_id";
    static final String EXECUTION = "execution_id";
    static final String CREATED_AT = "created_at";
    static final String STATUS = "status";
    static final String RESOLUTION = "resolution";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper json;
    private final DispatcherProperties properties;
    private final SubjectIndex subjects;
    private final Retentions retentions;

    DeadLetterDocuments(
            JsonMapper json, DispatcherProperties properties, SubjectIndex subjects, Retentions retentions) {
        this.retentions = retentions;
        this.subjects = subjects;
        this.json = json;
        this.properties = properties;
    }

    Document document(DeadLetter letter) {
        Duration kept = retentions.of(letter.orgId(), Kept.DEAD_LETTERS, properties.failedRetention());
        Document document = new Document(ID, letter.id().value())
                .append(ORG, letter.orgId().value())
                .append(EXECUTION, letter.executionId().value())
                .append("workflow_id", letter.workflowId().value())
                .append("step_id", letter.stepId().value())
                .append("action", letter.action())
                .append("error", new Document(json.convertValue(letter.error(), OBJECT)))
                .append("attempts", letter.attempts())
                .append(STATUS, name(letter.status()))
                .append(CREATED_AT, Date.from(letter.createdAt()))
                .append("expire_at", Date.from(letter.createdAt().plus(kept)));
        return document.append(SubjectIndex.MEMBER, subjects.of(letter.orgId(), document));
    }

    DeadLetter letter(Document document) {
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
                document.getDate(CREATED_AT).toInstant(),
                Status.valueOf(document.getString(STATUS).toUpperCase(Locale.ROOT)),
                resolution(document.get(RESOLUTION, Document.class)));
    }

    /** The update of an open letter; whoever is named in the reason is found by it. */
    Bson resolved(OrgId org, Status status, Resolution resolution) {
        Document document = document(resolution);
        Bson resolved = Updates.combine(Updates.set(STATUS, name(status)), Updates.set(RESOLUTION, document));
        List<String> named = subjects.added(org, document);
        return named.isEmpty() ? resolved : Updates.combine(resolved, Updates.addEachToSet(SubjectIndex.MEMBER, named));
    }

    private static Document document(Resolution resolution) {
        ExecutionId execution = resolution.executionId();
        Document document = new Document("by", resolution.by()).append("at", Date.from(resolution.at()));
        if (resolution.reason() != null) {
            document.append("reason", resolution.reason());
        }
        return execution == null ? document : document.append(EXECUTION, execution.value());
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The condition for an organization's letters. */
    static Bson where(OrgId org, DeadLetterFilter filter, @Nullable Status status) {
        List<Bson> all = new ArrayList<>();
        all.add(eq(ORG, org.value()));
        equal(all, STATUS, status == null ? null : name(status));
        equal(all, "workflow_id", filter.workflowId());
        equal(all, EXECUTION, filter.executionId());
        equal(all, "step_id", filter.stepId());
        equal(all, "action", filter.action());
        equal(all, "error.error_class", filter.errorClass() == null ? null : name(filter.errorClass()));
        equal(all, "error.code", filter.errorCode());
        if (filter.from() != null) {
            all.add(gte(CREATED_AT, Date.from(filter.from())));
        }
        if (filter.to() != null) {
            all.add(lt(CREATED_AT, Date.from(filter.to())));
        }
        return and(all);
    }

    /** What lies behind a place in the order newest first. */
    static Bson older(Position position) {
        Date date = Date.from(position.createdAt());
        return or(lt(CREATED_AT, date), and(eq(CREATED_AT, date), lt(ID, position.id())));
    }

    /** What lies behind a place in the order oldest first. */
    static Bson newer(Position position) {
        Date date = Date.from(position.createdAt());
        return or(gt(CREATED_AT, date), and(eq(CREATED_AT, date), gt(ID, position.id())));
    }

    private static void equal(List<Bson> all, String member, @Nullable Object value) {
        if (value != null) {
            all.add(eq(member, value.toString()));
        }
    }

    private static @Nullable Resolution resolution(@Nullable Document document) {
        if (document == null) {
            return null;
        }
        String execution = document.getString(EXECUTION);
        return new Resolution(
                document.getString("by"),
                document.getDate("at").toInstant(),
                document.getString("reason"),
                execution == null ? null : new ExecutionId(execution));
    }
}
