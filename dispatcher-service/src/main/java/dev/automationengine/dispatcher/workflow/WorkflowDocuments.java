package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.workflow.AwaitedEvents.Heard;
import dev.automationengine.expressions.Path;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
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
    /** Member: what executions may wait for; absent if nothing. */
    static final String AWAITS = "awaits";

    private static final String REQUEST = "request_hash";

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
        List<Heard> awaited = workflow.awaited().all();
        if (!awaited.isEmpty()) {
            document.append(
                    AWAITS, awaited.stream().map(WorkflowDocuments::awaited).toList());
        }
        if (workflow.request() != null) {
            document.append(REQUEST, workflow.request());
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
        version.remove(AWAITS);
        version.remove(REQUEST);
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
                document.get("rev", Number.class).longValue(),
                new AwaitedEvents(document.getList(AWAITS, Document.class, List.of()).stream()
                        .map(WorkflowDocuments::awaited)
                        .toList()),
                document.getString(REQUEST));
    }

    private static Document awaited(Heard heard) {
        Trigger source = heard.event().source();
        CredentialId credential = source.credentialId();
        Instant until = heard.until();
        return new Document("type", source.type())
                .append("config", new Document(source.config()))
                .append("credential_id", credential == null ? null : credential.value())
                .append("field", heard.event().field().toString())
                .append("until", until == null ? null : Date.from(until));
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static Heard awaited(Document document) {
        String credential = document.getString("credential_id");
        Date until = document.getDate("until");
        Trigger source = new Trigger(
                document.getString("type"),
                DataLimit.plain(document.get("config", Document.class)),
                credential == null ? null : new CredentialId(credential));
        return new Heard(
                new AwaitedEvent(source, Path.parse(document.getString("field"))),
                until == null ? null : until.toInstant());
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
