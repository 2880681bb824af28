package dev.automationengine.trigger.whatsapp;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.trigger.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of messages: told to the log, for the steps that sent them, and made into events for organizations of which a
 * workflow listens, or a step may wait for it. A status that comes twice is the same event.
 */
@Component
public class MessageStatusEvents {
    private static final String TYPE = "dev.automationengine.whatsapp.status.v1";
    private static final String SOURCE = "/whatsapp/statuses";

    private final MessageStatusReader reader;
    private final Subscriptions subscriptions;
    private final FactPublisher facts;
    private final MeterRegistry meters;

    MessageStatusEvents(
            MessageStatusReader reader, Subscriptions subscriptions, FactPublisher facts, MeterRegistry meters) {
        this.reader = reader;
        this.facts = facts;
        this.subscriptions = subscriptions;
        this.meters = meters;
    }

    /**
     * Tells the log, and returns the events.
     *
     * @param deliveries of one batch
     */
    public List<AutomationEvent> events(List<InboundMessage.MetaDelivery> deliveries) {
        List<Fact> told = new ArrayList<>();
        List<AutomationEvent> events = new ArrayList<>();
        for (InboundMessage.MetaDelivery delivery : deliveries) {
            for (MessageStatus status : reader.read(delivery.body())) {
                status.delivery()
                        .map(each -> new Fact(Topic.MESSAGE_DELIVERIES, each.messageKey(), each))
                        .ifPresent(told::add);
                if (heard(status)) {
                    events.add(event(status, delivery));
                }
            }
        }
        facts.publish(told);
        return events;
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
