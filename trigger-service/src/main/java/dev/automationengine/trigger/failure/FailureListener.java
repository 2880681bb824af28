package dev.automationengine.trigger.failure;

import dev.automationengine.kit.kafka.FactReader;
import dev.automationengine.kit.kafka.Received;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.trigger.event.EventPublisher;
import dev.automationengine.trigger.intake.Mention;
import dev.automationengine.trigger.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Makes events of executions that failed, for the workflows that listen to failures. It is another service than the one
 * that ran the execution: what broke there does not break the alarm.
 */
@Component
public class FailureListener {
    /** Name of the listener. */
    public static final String ID = "failures";

    private static final Mention FAILED = new Mention("failed");
    private static final Logger log = LoggerFactory.getLogger(FailureListener.class);

    private final FactReader reader;
    private final Subscriptions subscriptions;
    private final EventPublisher events;
    private final Traces traces;
    private final MeterRegistry meters;

    FailureListener(
            FactReader reader,
            Subscriptions subscriptions,
            EventPublisher events,
            Traces traces,
            MeterRegistry meters) {
        this.reader = reader;
        this.subscriptions = subscriptions;
        this.events = events;
        this.traces = traces;
        this.meters = meters;
    }

    // InboundStart starts it.
    @KafkaListener(id = ID, topics = Topic.Name.EXECUTION_LOGS, groupId = "trigger-failures", autoStartup = "false")
    void onSnapshots(List<ConsumerRecord<String, byte[]>> batch) {
        // Few snapshots tell of a failure: the others are not worth being read.
        List<ConsumerRecord<String, byte[]>> candidates =
                batch.stream().filter(FAILED::isIn).toList();
        List<AutomationEvent> failures = reader.read(candidates, ExecutionSnapshot.class).stream()
                .map(Received::value)
                .filter(this::wanted)
                .map(FailureEvents::event)
                .toList();
        events.publish(failures).forEach(this::told);
    }

    private boolean wanted(ExecutionSnapshot snapshot) {
        return snapshot.status() == ExecutionStatus.FAILED
                // It is the execution that started it which fails, or has said that it does not mind.
                && snapshot.parent() == null
                // A workflow for failures that fails must not start itself.
                && !snapshot.triggerType().equals(Trigger.ERROR)
                // Of a step that a person tries, that person knows.
                && !snapshot.triggerType().equals(Trigger.TEST)
                && subscriptions.listensToFailure(snapshot.orgId(), snapshot.workflowId());
    }

    private void told(AutomationEvent event) {
        meters.counter("engine.trigger.failures").increment();
        ExecutionId failed = new ExecutionId(event.subject());
        traces.continued(event.traceparent(), "failure.tell", () -> {
            try (LogContext ids = LogContext.of(event.orgId(), failed, null)) {
                log.info("An execution failed: the workflows that listen to failures are told");
                return failed;
            }
        });
    }
}
