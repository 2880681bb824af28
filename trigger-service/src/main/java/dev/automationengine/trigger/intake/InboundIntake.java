package dev.automationengine.trigger.intake;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.PublishFailedException;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.topic.Topic;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a message durable: when it returns, all replicas of Kafka have it, and its sender may forget it. */
@Component
public class InboundIntake {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final FactPublisher facts;

    InboundIntake(FactPublisher facts) {
        this.facts = facts;
    }

    /**
     * Accepts a message.
     *
     * @throws ProblemException 503 if Kafka did not confirm it: the sender keeps it and tries again
     */
    public void accept(InboundMessage message) {
        try {
            facts.publish(List.of(new Fact(Topic.INBOUND, id(message), message)));
        } catch (PublishFailedException e) {
            throw ProblemException.unavailable("The message could not be stored. Send it again.", RETRY_AFTER, e);
        }
    }

    private static String id(InboundMessage message) {
        return switch (message) {
            case InboundMessage.MetaDelivery delivery -> delivery.id();
            case InboundMessage.WebhookCall call -> call.id();
            case InboundMessage.LeadSweep sweep -> sweep.id();
            case InboundMessage.ManualRun run -> run.id();
            case InboundMessage.ScheduleFired fired -> fired.id();
            case InboundMessage.PolledRecords polled -> polled.id();
            case InboundMessage.Unknown unknown ->
                throw new IllegalArgumentException("nobody sends a message of kind " + unknown.type());
        };
    }
}
