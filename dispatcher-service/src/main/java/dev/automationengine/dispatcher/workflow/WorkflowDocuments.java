package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How workflows and their versions look in MongoDB. What the author wrote is stored as it is. */
final class WorkflowDocuments {
    private WorkflowDocuments() {}

    static Document document(Workflow workflow) {
        Document document = new Document("_id", workflow.id().value())
                .append("org_id", workflow.orgId().value())
                .append("is_active", workflow.isActive())
                .append("version", workflow.version());
        document.putAll(content(workflow.content()));
        Publication publication = workflow.publication();
        if (publication != null) {
            document.append(
                    "publication",
                    new Document("at", Date.from(publication.at()))
                            .append("by", publication.by())
                            .append("note", publication.note()));
        }
        Draft draft = workflow.draft();
        if (draft != null) {
            document.append(
                    "draft",
                    content(draft.content())
                            .append("updated_at", Date.from(draft.updatedAt()))
                            .append("updated_by", draft.updatedBy()));
        }
        return document.append("created_at", Date.from(workflow.createdAt()))
                .append("updated_at", Date.from(workflow.updatedAt()))
                .append("rev", workflow.rev());
    }

    static Workflow workflow(Document document) {
        return read(document, new WorkflowId(document.getString("_id")));
    }

    /** A version's own document, which never changes: without the draft. */
    static Document version(Workflow workflow) {
        Document version = document(workflow);
        version.remove("draft");
        version.put("_id", VersionKey.of(workflow).documentId());
        return version.append("workflow_id", workflow.id().value());
    }

    static Workflow ofVersion(Document document) {
        return read(document, new WorkflowId(document.getString("workflow_id")));
    }

    private static Document content(Content content) {
        Document document = new Document("name", content.name());
        if (content.description() != null) {
            document.append("description", content.description());
        }
        // As a list, because a label's name may hold what MongoDB takes for a path, and one index serves all names.
        return document.append(
                        "labels",
                        content.labels().entrySet().stream()
                                .map(label -> label(label.getKey(), label.getValue()))
                                .toList())
                .append("trigger", new Document(content.trigger()))
                .append("steps", content.steps());
    }

    /** How a label is stored and searched for. */
    static String label(String name, String value) {
        return name + ":" + value;
    }

    private static Workflow read(Document document, WorkflowId id) {
        Document publication = document.get("publication", Document.class);
        Document draft = document.get("draft", Document.class);
        return new Workflow(
                id,
                new OrgId(document.getString("org_id")),
                document.getBoolean("is_active"),
                document.getInteger("version"),
                readContent(document),
                publication == null
                        ? null
                        : new Publication(
                                instant(publication, "at"), publication.getString("by"), publication.getString("note")),
                draft == null
                        ? null
                        : new Draft(readContent(draft), instant(draft, "updated_at"), draft.getString("updated_by")),
                instant(document, "created_at"),
                instant(document, "updated_at"),
                document.get("rev", Number.class).longValue());
    }

    private static Content readContent(Document document) {
        Map<String, String> labels = new LinkedHashMap<>();
        document.getList("labels", String.class, List.of()).forEach(label -> {
            int end = label.indexOf(':');
            labels.put(label.substring(0, end), label.substring(end + 1));
        });
        // Plain maps and lists, which equal what an author sends.
        Map<String, @Nullable Object> written = DataLimit.plain(
                new Document("trigger", document.get("trigger")).append("steps", document.get("steps")));
        Map<String, @Nullable Object> trigger = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(written.get("trigger")))
                .forEach((name, value) -> trigger.put(String.valueOf(name), value));
        return new Content(
                document.getString("name"), document.getString("description"), labels, trigger, List.copyOf((List<?>)
                        Objects.requireNonNull(written.get("steps"))));
    }

    private static Instant instant(Document document, String name) {
        return document.get(name, Date.class).toInstant();
    }
}
