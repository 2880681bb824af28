package dev.automationengine.trigger.inbound;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.trigger.event.EventPublisher;
import dev.automationengine.trigger.lead.LeadIntake;
import dev.automationengine.trigger.lead.LeadRouter;
import dev.automationengine.trigger.ledger.LeadEntry;
import dev.automationengine.trigger.ledger.LeadLedger;
import dev.automationengine.trigger.run.RunEvents;
import dev.automationengine.trigger.webhook.WebhookEvents;
import dev.automationengine.trigger.whatsapp.MessageStatusEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Understands raw messages, a batch at a time. The batch is committed when all that follows from it is durable. */
@Component
class InboundListener {
    static final String ID = "inbound";

    private final FactReader reader;
    private final LeadRouter router;
    private final LeadIntake leads;
    private final LeadLedger ledger;
    private final MessageStatusEvents statuses;
    private final WebhookEvents webhooks;
    private final EventPublisher events;

    InboundListener(
            FactReader reader,
            LeadRouter router,
            LeadIntake leads,
            LeadLedger ledger,
            MessageStatusEvents statuses,
            WebhookEvents webhooks,
            EventPublisher events) {
        this.statuses = statuses;
        this.ledger = ledger;
        this.reader = reader;
        this.router = router;
        this.leads = leads;
        this.webhooks = webhooks;
        this.events = events;
    }

    // InboundStart starts it.
    @KafkaListener(id = ID, topics = Topic.Name.INBOUND, groupId = "trigger-inbound", autoStartup = "false")
    void onMessages(List<ConsumerRecord<String, byte[]>> batch) {
        List<LeadNotice> heard = new ArrayList<>();
        List<LeadNotice> listed = new ArrayList<>();
        List<AutomationEvent> ready = new ArrayList<>();
        List<InboundMessage.MetaDelivery> deliveries = new ArrayList<>();
        for (Received<InboundMessage> received : reader.read(batch, InboundMessage.class)) {
            switch (received.value()) {
                case InboundMessage.MetaDelivery delivery -> {
                    heard.addAll(router.route(delivery));
                    deliveries.add(delivery);
                }
                case InboundMessage.LeadSweep sweep -> listed.addAll(router.route(sweep));
                case InboundMessage.WebhookCall call -> ready.add(webhooks.event(call));
                case InboundMessage.ManualRun run -> ready.add(RunEvents.event(run));
                case InboundMessage.ScheduleFired fired -> ready.add(RunEvents.event(fired));
                case InboundMessage.PolledRecords polled -> ready.addAll(RunEvents.events(polled));
                case InboundMessage.Unknown unknown ->
                    reader.reject(received.source(), "unknown kind " + unknown.type());
            }
        }
        ready.addAll(statuses.events(deliveries));
        events.publish(ready);
        ledger.heard(heard.stream().map(LeadEntry::of).toList());
        ledger.listed(listed.stream().map(LeadEntry::of).toList());
        leads.take(Stream.concat(heard.stream(), listed.stream()).toList());
    }
}
