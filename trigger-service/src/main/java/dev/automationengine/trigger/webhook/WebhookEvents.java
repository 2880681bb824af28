package dev.automationengine.trigger.webhook;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.workflow.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes an event of a webhook call. */
@Component
public class WebhookEvents {
    private static final String TYPE = "dev.automationengine.webhook.received.v1";

    private final JsonMapper json;

    WebhookEvents(JsonMapper json) {
        this.json = json;
    }

    /** The event of a call; the same for a call that is repeated with the same id. */
    public AutomationEvent event(InboundMessage.WebhookCall call) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("path", call.path());
        payload.put("headers", call.headers());
        payload.put("query", call.query());
        payload.put("body", body(call));
        payload.put("received_at", call.receivedAt().toString());
        return AutomationEvent.of(
                call.orgId(),
                source(call.path()),
                call.id(),
                TYPE,
                Trigger.WEBHOOK,
                call.receivedAt(),
                call.traceparent(),
                new AutomationEvent.Data(Map.of("path", call.path()), payload));
    }

    static String source(String path) {
        return "/webhooks/" + path;
    }

    private @Nullable Object body(InboundMessage.WebhookCall call) {
        if (!WebhookCalls.isJson(call.contentType())) {
            return call.body();
        }
        try {
            return json.readValue(call.body(), Object.class);
        } catch (JacksonException e) {
            // It was JSON when it was accepted; a stricter parser since then is no reason to lose it.
            return call.body();
        }
    }
}
