package dev.automationengine.dispatcher.trial;

import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How replays and their results look in MongoDB. */
@Component
class ReplayDocuments {
    private final ReplayProperties properties;

    ReplayDocuments(ReplayProperties properties) {
        this.properties = properties;
    }

    Document document(Replay replay) {
        Document document = new Document("_id", replay.id())
                .append("org_id", replay.orgId().value())
                .append("workflow_id", replay.workflowId().value())
                .append("version", replay.version())
                .append("mode", name(replay.mode()))
                .append("events", events(replay.events()))
                .append("limit", replay.limit())
                .append("per_second", replay.perSecond())
                .append("status", name(replay.status()))
                .append("error", replay.error())
                .append("progress", progress(replay.progress()))
                .append("created_by", replay.createdBy())
                .append("created_at", Date.from(replay.createdAt()))
                .append("updated_at", Date.from(replay.updatedAt()))
                .append("finished_at", date(replay.finishedAt()))
                .append("rev", replay.rev())
                .append(ReplayStore.EXPIRE_AT, Date.from(replay.createdAt().plus(properties.retention())));
        Replay.Position position = replay.position();
        if (position != null) {
            document.append(
                    "position",
                    new Document("received_at", Date.from(position.receivedAt())).append("id", position.id()));
        }
        // Absent when there is nothing to do any more: the index that is looked through holds the others only.
        Instant next = replay.nextAt();
        return next == null ? document : document.append(ReplayStore.NEXT_AT, Date.from(next));
    }

    Replay replay(Document document) {
        Document position = document.get("position", Document.class);
        return new Replay(
                document.getString("_id"),
                new OrgId(document.getString("org_id")),
                new WorkflowId(document.getString("workflow_id")),
                document.getInteger("version"),
                constant(Replay.Mode.class, document.getString("mode")),
                events(document.get("events", Document.class)),
                document.getInteger("limit"),
                document.getInteger("per_second"),
                constant(Replay.Status.class, document.getString("status")),
                document.getString("error"),
                progress(document.get("progress", Document.class)),
                document.getString("created_by"),
                time(document, "created_at"),
                time(document, "updated_at"),
                instant(document, "finished_at"),
                position == null ? null : new Replay.Position(time(position, "received_at"), position.getString("id")),
                instant(document, ReplayStore.NEXT_AT),
                document.get("rev", Number.class).longValue());
    }

    Document result(Replay replay, ReplayResult result) {
        return new Document("_id", replay.id() + ":" + result.eventId())
                .append("org_id", replay.orgId().value())
                .append("event_id", result.eventId().value())
                .append("outcome", name(result.outcome()))
                .append(
                        "execution_id",
                        result.executionId() == null
                                ? null
                                : result.executionId().value())
                .append("was", result.was())
                .append("would", result.would())
                .append(
                        "differences",
                        result.differences().stream()
                                .map(each -> change(each.step(), each.was(), each.would()))
                                .toList())
                .append("error", result.error())
                .append(ReplayStore.EXPIRE_AT, Date.from(replay.createdAt().plus(properties.retention())));
    }

    ReplayResult result(Document document) {
        String execution = document.getString("execution_id");
        return new ReplayResult(
                new EventId(document.getString("event_id")),
                constant(ReplayResult.Outcome.class, document.getString("outcome")),
                execution == null ? null : new ExecutionId(execution),
                document.getString("was"),
                document.getString("would"),
                document.getList("differences", Document.class, List.of()).stream()
                        .map(each -> new ReplayResult.Change(
                                each.getString("step"), each.getString("was"), each.getString("would")))
                        .toList(),
                document.getString("error"));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Document events(EventRange events) {
        return new Document("from", Date.from(events.from()))
                .append("to", Date.from(events.to()))
                .append("type", events.type())
                .append("source", events.source());
    }

    private static EventRange events(Document document) {
        return new EventRange(
                time(document, "from"), time(document, "to"), document.getString("type"), document.getString("source"));
    }

    private static Document progress(ReplayProgress progress) {
        return new Document("events", progress.events())
                .append("same", progress.same())
                .append("different", progress.different())
                .append("not_comparable", progress.notComparable())
                .append("started", progress.started())
                .append("failed", progress.failed())
                .append(
                        "differences",
                        progress.differences().stream()
                                .map(each -> change(each.step(), each.was(), each.would())
                                        .append("count", each.count()))
                                .toList());
    }

    private static ReplayProgress progress(Document document) {
        return new ReplayProgress(
                document.getInteger("events"),
                document.getInteger("same"),
                document.getInteger("different"),
                document.getInteger("not_comparable"),
                document.getInteger("started"),
                document.getInteger("failed"),
                document.getList("differences", Document.class, List.of()).stream()
                        .map(each -> new ReplayProgress.Difference(
                                each.getString("step"),
                                each.getString("was"),
                                each.getString("would"),
                                each.getInteger("count")))
                        .toList());
    }

    private static Document change(String step, String was, String would) {
        return new Document("step", step).append("was", was).append("would", would);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(Document document, String name) {
        Date date = document.getDate(name);
        return date == null ? null : date.toInstant();
    }

    private static Instant time(Document document, String name) {
        return Objects.requireNonNull(document.getDate(name)).toInstant();
    }
}
