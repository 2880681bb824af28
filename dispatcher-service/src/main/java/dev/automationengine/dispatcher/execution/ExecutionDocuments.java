package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.DispatcherProperties;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.kit.retention.Kept;
import dev.automationengine.kit.retention.Retentions;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How executions look in MongoDB (docs/architecture.md, "The executions document"): written out member by member,
 * because worker and scheduler read it too.
 */
@Component
class ExecutionDocuments {
    static final String ID = "_id";
    static final String ORG = "org_id";
    static final String REV = "rev";
    static final String STATUS = "status";
    static final String UPDATED_AT = "updated_at";
    static final String FINISHED_AT = "finished_at";
    static final String EXPIRE_AT = "expire_at";
    static final String STEPS = "steps";
    private static final String CANCELLATION = "cancellation";
    private static final String PARENT = "parent";
    private static final String LAST_STEPS = "last_steps";

    private final StepDocuments steps;
    private final DispatcherProperties properties;
    private final SubjectIndex subjects;
    private final Retentions retentions;

    ExecutionDocuments(
            StepDocuments steps, DispatcherProperties properties, SubjectIndex subjects, Retentions retentions) {
        this.retentions = retentions;
        this.subjects = subjects;
        this.steps = steps;
        this.properties = properties;
    }

    /** All of a new execution, and which of its steps are the last: who waits for its outcome reads those. */
    Document document(Execution execution, List<StepId> lastSteps) {
        return document(execution)
                .append(LAST_STEPS, lastSteps.stream().map(StepId::value).toList());
    }

    /** All of an execution. */
    Document document(Execution execution) {
        Document stepDocuments = new Document();
        execution.steps().forEach((id, state) -> stepDocuments.append(id.value(), steps.document(state)));
        Document document = new Document(ID, execution.id().value())
                .append(ORG, execution.orgId().value())
                .append("workflow_id", execution.workflowId().value())
                .append("workflow_name", execution.workflowName())
                .append("workflow_version", execution.workflowVersion())
                .append("event_id", execution.eventId().value())
                .append("trigger_type", execution.triggerType())
                .append("traceparent", execution.traceparent())
                .append("created_at", Date.from(execution.createdAt()))
                .append("trigger", new Document(execution.trigger()));
        Parent parent = execution.parent();
        if (parent != null) {
            document.append(PARENT, document(parent));
        }
        Redrive redrive = execution.redrive();
        if (redrive != null) {
            document.append("redrive_of", redrive.of().value())
                    .append("root_execution_id", redrive.root().value());
        }
        document.putAll(head(execution));
        document.append(STEPS, stepDocuments);
        return document.append(SubjectIndex.MEMBER, subjects.of(execution.orgId(), document));
    }

    /** The update that makes one revision of an execution another: the event's content stays where it is. */
    Document update(Execution before, Execution after) {
        Document changes = changes(before, after);
        Document update = new Document("$set", changes);
        List<String> named = subjects.added(after.orgId(), changes);
        return named.isEmpty()
                ? update
                : update.append("$addToSet", new Document(SubjectIndex.MEMBER, new Document("$each", named)));
    }

    /** What differs between two revisions of an execution, by path. */
    private Document changes(Execution before, Execution after) {
        Document changes = head(after);
        after.steps().forEach((id, state) -> {
            if (!state.equals(before.steps().get(id))) {
                changes.append(STEPS + "." + id, steps.document(state));
            }
        });
        return changes;
    }

    Execution execution(Document document) {
        Map<StepId, StepState> states = new LinkedHashMap<>();
        document.get(STEPS, Document.class)
                .forEach((id, step) -> states.put(new StepId(id), steps.state((Document) step)));
        Map<String, @Nullable Object> trigger = DataLimit.plain(document.get("trigger", Document.class));
        return new Execution(
                new ExecutionId(document.getString(ID)),
                new OrgId(document.getString(ORG)),
                new WorkflowId(document.getString("workflow_id")),
                document.getString("workflow_name"),
                document.getInteger("workflow_version"),
                new EventId(document.getString("event_id")),
                document.getString("trigger_type"),
                trigger,
                Names.enumOf(ExecutionStatus.class, document.getString(STATUS)),
                document.get(REV, Number.class).longValue(),
                document.getDate("created_at").toInstant(),
                document.getDate(UPDATED_AT).toInstant(),
                StepDocuments.instant(document, FINISHED_AT),
                document.getString("traceparent"),
                parent(document.get(PARENT, Document.class)),
                redrive(document),
                cancellation(document.get(CANCELLATION, Document.class)),
                states);
    }

    private static Document document(Parent parent) {
        return new Document("execution_id", parent.execution().value())
                .append("step_id", parent.step().value())
                .append("epoch", parent.epoch())
                .append("index", parent.index())
                .append("part", parent.part())
                .append("depth", parent.depth())
                .append("waits", parent.waits())
                .append("effect_key", parent.effectKey());
    }

    private static @Nullable Parent parent(@Nullable Document document) {
        return document == null
                ? null
                : new Parent(
                        new ExecutionId(document.getString("execution_id")),
                        new StepId(document.getString("step_id")),
                        document.getInteger("epoch"),
                        document.getInteger("index"),
                        document.getString("part"),
                        document.getInteger("depth"),
                        document.getBoolean("waits"),
                        document.getString("effect_key"));
    }

    private static @Nullable Redrive redrive(Document document) {
        String of = document.getString("redrive_of");
        return of == null
                ? null
                : new Redrive(new ExecutionId(of), new ExecutionId(document.getString("root_execution_id")));
    }

    private static @Nullable Cancellation cancellation(@Nullable Document document) {
        return document == null
                ? null
                : new Cancellation(
                        document.getString("by"), document.getDate("at").toInstant(), document.getString("reason"));
    }

    private Document head(Execution execution) {
        Document head = new Document(STATUS, Names.of(execution.status()))
                .append(REV, execution.rev())
                .append(UPDATED_AT, Date.from(execution.updatedAt()));
        Cancellation cancellation = execution.cancellation();
        if (cancellation != null) {
            head.append(
                    CANCELLATION,
                    new Document("by", cancellation.by())
                            .append("at", Date.from(cancellation.at()))
                            .append("reason", cancellation.reason()));
        }
        Instant finishedAt = execution.finishedAt();
        if (finishedAt != null) {
            head.append(FINISHED_AT, Date.from(finishedAt));
            Duration usual = switch (execution.status()) {
                case FAILED, CANCELLED -> properties.failedRetention();
                case COMPLETED, FILTERED, PENDING, IN_PROGRESS -> properties.completedRetention();
            };
            head.append(
                    EXPIRE_AT, Date.from(finishedAt.plus(retentions.of(execution.orgId(), Kept.EXECUTIONS, usual))));
        }
        return head;
    }
}
