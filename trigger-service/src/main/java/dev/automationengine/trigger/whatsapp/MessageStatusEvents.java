package dev.automationengine.trigger.whatsapp;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.trigger.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes events of what became of messages, for organizations of which a workflow listens, or a step may wait for it. A
 * status that comes twice is the same event.
 */
@Component
public class MessageStatusEvents {
    private static final String TYPE = "dev.automationengine.whatsapp.status.v1";
    private static final String SOURCE = "/whatsapp/statuses";

    private final MessageStatusReader reader;
    private final Subscriptions subscriptions;
    private final MeterRegistry meters;

    MessageStatusEvents(MessageStatusReader reader, Subscriptions subscriptions, MeterRegistry meters) {
        this.reader = reader;
        this.subscriptions = subscriptions;
        this.meters = meters;
    }

    /** The events of a delivery. */
    public List<AutomationEvent> events(InboundMessage.MetaDelivery delivery) {
        return reader.read(delivery.body()).stream()
                .filter(this::heard)
                .map(status -> event(status, delivery))
                .toList();
    }

    private boolean heard(MessageStatus status) {
        boolean heard = subscriptions.listens(status.org(), Trigger.WHATSAPP_STATUS, match(status));
        meters.counter("engine.trigger.message.statuses", "heard", Boolean.toString(heard))
                .increment();
        return heard;
    }

    private static AutomationEvent event(MessageStatus status, InboundMessage.MetaDelivery delivery) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("message_id", status.messageId());
        payload.put("phone_number_id", status.phoneNumberId());
        payload.put("status", status.status());
        payload.put("settled", status.settled());
        payload.put("at", status.at().toString());
        if (status.error() != null) {
            payload.put("error", status.error());
        }
        return AutomationEvent.of(
                status.org(),
                SOURCE,
                status.messageId() + ":" + status.status(),
                TYPE,
                Trigger.WHATSAPP_STATUS,
                status.at(),
                delivery.traceparent(),
                new AutomationEvent.Data(match(status), payload));
    }

    private static Map<String, String> match(MessageStatus status) {
        return Map.of(
                "phone_number_id", status.phoneNumberId(),
                "status", status.status(),
                "settled", Boolean.toString(status.settled()));
    }
}
