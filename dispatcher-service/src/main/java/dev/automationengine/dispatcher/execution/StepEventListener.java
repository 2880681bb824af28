package dev.automationengine.dispatcher.execution;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in what workers report. The offset is committed after everything that follows from a batch is durable. */
@Component
class StepEventListener {
    private final FactReader reader;
    private final Advancement advancement;
    private final Consequences consequences;

    StepEventListener(FactReader reader, Advancement advancement, Consequences consequences) {
        this.reader = reader;
        this.advancement = advancement;
        this.consequences = consequences;
    }

    @KafkaListener(
            topics = Topic.Name.STEP_EVENTS,
            groupId = "dispatcher-step-events",
            concurrency = "${engine.dispatcher.consumers:3}")
    void onStepEvents(List<ConsumerRecord<String, byte[]>> batch) {
        List<Received<StepEvent>> known = new ArrayList<>();
        for (Received<StepEvent> each : reader.read(batch, StepEvent.class)) {
            if (each.value() instanceof StepEvent.Unknown) {
                reader.reject(each.source(), "an outcome of an unknown kind");
            } else {
                known.add(each);
            }
        }
        consequences.carryOut(advancement.apply(known));
    }
}
