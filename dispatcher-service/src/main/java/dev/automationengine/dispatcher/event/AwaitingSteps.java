package dev.automationengine.dispatcher.event;

import dev.automationengine.dispatcher.execution.EarlyEvents;
import dev.automationengine.dispatcher.execution.EventWaits;
import dev.automationengine.dispatcher.execution.EventWaits.EventWait;
import dev.automationengine.dispatcher.workflow.AwaitedEvent;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Gives events to the steps that wait for them. An organization none of whose workflows waits for such an event costs no
 * query; a batch costs one for each of the others. Waits are forgotten after Kafka has the answers, so a batch that comes
 * again answers again, which changes nothing.
 */
@Component
class AwaitingSteps {
    private final WorkflowCache workflows;
    private final EventWaits waits;
    private final EarlyEvents early;
    private final FactPublisher facts;
    private final InstantSource clock;
    private final MeterRegistry meters;

    AwaitingSteps(
            WorkflowCache workflows,
            EventWaits waits,
            EarlyEvents early,
            FactPublisher facts,
            InstantSource clock,
            MeterRegistry meters) {
        this.early = early;
        this.workflows = workflows;
        this.waits = waits;
        this.facts = facts;
        this.clock = clock;
        this.meters = meters;
    }

    /** Answers every step that waits for one of the events; the first of several events of a key is the answer. */
    void tell(List<AutomationEvent> events) {
        Map<OrgId, List<AwaitedEvent>> awaited =
                workflows.awaited(events.stream().map(AutomationEvent::orgId).collect(Collectors.toSet()));
        Map<OrgId, Map<String, List<AutomationEvent>>> byKey = byKey(events, awaited);
        Map<OrgId, Set<String>> keys = new HashMap<>();
        byKey.forEach((org, each) -> keys.put(org, each.keySet()));
        early.keep(kept(events, awaited));
        boolean goesOn = !keys.isEmpty();
        while (goesOn) {
            List<EventWait> answered = new ArrayList<>();
            List<Fact> answers = new ArrayList<>();
            for (EventWait wait : waits.find(keys)) {
                answer(wait, byKey).ifPresent(answer -> {
                    answered.add(wait);
                    answers.add(
                            new Fact(Topic.STEP_EVENTS, wait.job().execution().value(), answer));
                });
            }
            goesOn = !answers.isEmpty();
            if (goesOn) {
                facts.publish(answers);
                waits.remove(answered);
                meters.counter("engine.event.waits.answered").increment(answers.size());
            }
        }
    }

    /** Of the kinds that may come before a step waits for them, the first of each key. */
    private static Map<String, AutomationEvent> kept(
            List<AutomationEvent> events, Map<OrgId, List<AwaitedEvent>> awaited) {
        Map<String, AutomationEvent> kept = new LinkedHashMap<>();
        for (AutomationEvent event : events) {
            awaited.getOrDefault(event.orgId(), List.of()).stream()
                    .filter(AwaitedEvent::early)
                    .flatMap(each -> each.key(event).stream())
                    .forEach(key -> kept.putIfAbsent(key, event));
        }
        return kept;
    }

    private static Map<OrgId, Map<String, List<AutomationEvent>>> byKey(
            List<AutomationEvent> events, Map<OrgId, List<AwaitedEvent>> awaited) {
        Map<OrgId, Map<String, List<AutomationEvent>>> byKey = new HashMap<>();
        for (AutomationEvent event : events) {
            for (AwaitedEvent each : awaited.getOrDefault(event.orgId(), List.of())) {
                each.key(event)
                        .ifPresent(key -> byKey.computeIfAbsent(event.orgId(), org -> new LinkedHashMap<>())
                                .computeIfAbsent(key, known -> new ArrayList<>())
                                .add(event));
            }
        }
        return byKey;
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private Optional<StepEvent> answer(EventWait wait, Map<OrgId, Map<String, List<AutomationEvent>>> byKey) {
        return byKey.getOrDefault(wait.org(), Map.of()).getOrDefault(wait.key(), List.of()).stream()
                .filter(event -> !event.id().equals(wait.startedBy()))
                .findFirst()
                .map(event -> new StepEvent.Resumed(
                        wait.job(),
                        wait.org(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        event.id().value(),
                        null,
                        event.data().payload(),
                        event.traceparent()));
    }
}
