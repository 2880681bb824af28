package dev.automationengine.trigger.event;

import dev.automationengine.kit.privacy.SubjectIndex;
import dev.automationengine.model.event.AutomationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Events as documents of the collection {@code events}. */
@Component
class EventDocuments {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final JsonMapper json;
    private final SubjectIndex subjects;

    EventDocuments(JsonMapper json, SubjectIndex subjects) {
        this.subjects = subjects;
        this.json = json;
    }

    Document write(AutomationEvent event, Instant receivedAt, Duration retention) {
        return new Document("_id", event.id().value())
                .append("org_id", event.orgId().value())
                .append("type", event.type())
                .append("source", event.source())
                .append("subject", event.subject())
                .append("trigger_type", event.triggerType())
                .append("time", Date.from(event.time()))
                .append("received_at", Date.from(receivedAt))
                .append("traceparent", event.traceparent())
                // Names in a payload are the sender's and may hold dots and dollars: kept as text, not as members.
                .append("data", json.writeValueAsString(event.data()))
                .append(SubjectIndex.MEMBER, subjects.of(event.orgId(), said(event)))
                .append("expire_at", Date.from(receivedAt.plus(retention)));
    }

    /** All in it that may name somebody. */
    private List<Object> said(AutomationEvent event) {
        return List.of(
                event.id().value(),
                event.source(),
                String.valueOf(event.subject()),
                json.convertValue(event.data(), MAP));
    }

    EventView read(Document document) {
        return new EventView(
                document.getString("_id"),
                document.getString("type"),
                document.getString("source"),
                document.getString("subject"),
                document.getString("trigger_type"),
                instant(document, "time"),
                instant(document, "received_at"),
                data(document.getString("data")));
    }

    private @Nullable Map<String, Object> data(@Nullable String text) {
        return text == null ? null : json.readValue(text, MAP);
    }

    private static Instant instant(Document document, String member) {
        return Objects.requireNonNull(document.getDate(member), member).toInstant();
    }
}
