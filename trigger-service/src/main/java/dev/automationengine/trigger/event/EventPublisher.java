package dev.automationengine.trigger.event;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Publishes events once, as far as that can be known; the dispatcher's execution ids make it certain. */
@Component
public class EventPublisher {
    private final FactPublisher facts;
    private final EventArchive archive;
    private final MeterRegistry meters;

    EventPublisher(FactPublisher facts, EventArchive archive, MeterRegistry meters) {
        this.facts = facts;
        this.archive = archive;
        this.meters = meters;
    }

    /** Those of the events that were published before, by this or any other replica. */
    public Set<EventId> published(Collection<EventRef> events) {
        Set<EventId> known = archive.known(events);
        meters.counter("engine.trigger.deduplicated").increment(known.size());
        return known;
    }

    /**
     * Publishes events that were not published before and remembers them.
     *
     * <p>The mark comes after the publication, never before: a mark without a publication would make the repetition
     * that follows a crash skip an event that nobody ever got.
     *
     * @return those that were new
     */
    public List<AutomationEvent> publish(List<AutomationEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Set<EventId> known = published(
                events.stream().map(e -> new EventRef(e.orgId(), e.id())).toList());
        Set<EventId> seen = new HashSet<>(known);
        List<AutomationEvent> fresh = new ArrayList<>();
        for (AutomationEvent event : events) {
            if (seen.add(event.id())) {
                fresh.add(event);
            }
        }
        announce(fresh);
        return fresh;
    }

    /** Publishes events of which the caller knows that they are new, and remembers them. */
    public void announce(List<AutomationEvent> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        facts.publish(fresh.stream()
                .map(e -> new Fact(Topic.EVENTS, e.id().value(), e))
                .toList());
        archive.add(fresh);
        meters.counter("engine.trigger.events").increment(fresh.size());
    }
}
