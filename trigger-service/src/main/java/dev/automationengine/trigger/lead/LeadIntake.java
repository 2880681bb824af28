package dev.automationengine.trigger.lead;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.EventId;
import dev.automationengine.trigger.event.EventPublisher;
import dev.automationengine.trigger.event.EventRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes notices to their end: an event, a later try, or a dead letter. When it returns, that end is durable. */
@Component
public class LeadIntake {
    /** A batch of deliveries may tell of a hundred thousand leads: neither a query nor the memory must hold them all. */
    private static final int MOST_AT_ONCE = 1000;

    private final EventPublisher events;
    private final LeadFetcher fetcher;
    private final LeadEvents leadEvents;
    private final LeadRetries retries;

    LeadIntake(EventPublisher events, LeadFetcher fetcher, LeadEvents leadEvents, LeadRetries retries) {
        this.events = events;
        this.fetcher = fetcher;
        this.leadEvents = leadEvents;
        this.retries = retries;
    }

    /** Fetches the leads that were not published before, several per call, and publishes them. */
    public void take(List<LeadNotice> notices) {
        for (int from = 0; from < notices.size(); from += MOST_AT_ONCE) {
            takeSome(notices.subList(from, Math.min(notices.size(), from + MOST_AT_ONCE)));
        }
    }

    private void takeSome(List<LeadNotice> notices) {
        List<AutomationEvent> found = new ArrayList<>();
        List<LeadRetries.Failed> failed = new ArrayList<>();
        for (LeadFetcher.Fetched fetched : fetcher.fetch(unpublished(notices))) {
            switch (fetched.answer()) {
                case GraphAnswer.Found(var lead) ->
                    found.add(leadEvents.event(fetched.notice(), lead, fetched.personal()));
                case GraphAnswer.Refused refused -> failed.add(new LeadRetries.Failed(fetched.notice(), refused));
            }
        }
        events.announce(found);
        retries.postpone(failed);
    }

    private List<LeadNotice> unpublished(List<LeadNotice> notices) {
        Set<EventId> seen = new HashSet<>(events.published(notices.stream()
                .map(n -> new EventRef(n.orgId(), LeadEvents.id(n)))
                .toList()));
        return notices.stream().filter(n -> seen.add(LeadEvents.id(n))).toList();
    }
}
