package dev.automationengine.logging.executionlog;

import dev.automationengine.logging.delivery.Deliveries;
import dev.automationengine.logging.delivery.Delivery;
import dev.automationengine.model.execution.ExecutionSnapshot.Step;
import dev.automationengine.model.execution.MessageDelivery;
import dev.automationengine.model.id.StepId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Adds to an execution what became of the messages that its steps sent: a look-up by the ids that their outputs tell. */
@Component
class MessageDeliveries {
    private static final String MESSAGE_ID = "message_id";

    private final Deliveries deliveries;

    MessageDeliveries(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    ExecutionLog added(ExecutionLog log) {
        Map<StepId, String> keys = new LinkedHashMap<>();
        for (Step step : log.steps()) {
            if (step.output() != null && step.output().get(MESSAGE_ID) instanceof String id) {
                keys.put(step.stepId(), MessageDelivery.key(log.orgId(), id));
            }
        }
        Map<String, Delivery> found = LogReads.available(() -> deliveries.find(log.orgId(), keys.values()));
        Map<StepId, Delivery> byStep = new LinkedHashMap<>();
        keys.forEach((step, key) -> {
            Delivery delivery = found.get(key);
            if (delivery != null) {
                byStep.put(step, delivery);
            }
        });
        return log.with(byStep);
    }
}
