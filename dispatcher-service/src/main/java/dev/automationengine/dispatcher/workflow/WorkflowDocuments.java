package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How workflows and their versions look in MongoDB. What the author wrote is stored as it is. */
final class WorkflowDocuments {
    private WorkflowDocuments() {}

    static Document document(Workflow workflow) {
        return new Document("_id", workflow.id().value())
                .append("org_id", workflow.orgId().value())
                .append("name", workflow.name())
                .append("is_active", workflow.isActive())
                .append("version", workflow.version())
                .append("trigger", new Document(workflow.trigger()))
                .append("steps", workflow.steps())
                .append("created_at", Date.from(workflow.createdAt()))
                .append("updated_at", Date.from(workflow.updatedAt()))
                .append("rev", workflow.rev());
    }

    static Workflow workflow(Document document) {
        return read(document, new WorkflowId(document.getString("_id")));
    }

    static Document version(Workflow workflow) {
        Document version = document(workflow);
        version.put("_id", VersionKey.of(workflow).documentId());
        return version.append("workflow_id", workflow.id().value());
    }

    static Workflow ofVersion(Document document) {
        return read(document, new WorkflowId(document.getString("workflow_id")));
    }

    private static Workflow read(Document document, WorkflowId id) {
        Map<String, @Nullable Object> trigger = new LinkedHashMap<>(document.get("trigger", Document.class));
        return new Workflow(
                id,
                new OrgId(document.getString("org_id")),
                document.getString("name"),
                document.getBoolean("is_active"),
                document.getInteger("version"),
                trigger,
                List.copyOf(document.getList("steps", Object.class)),
                instant(document, "created_at"),
                instant(document, "updated_at"),
                document.get("rev", Number.class).longValue());
    }

    private static Instant instant(Document document, String name) {
        return document.get(name, Date.class).toInstant();
    }
}
