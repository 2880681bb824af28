package dev.automationengine.trigger.lead;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.EventId;
import dev.automationengine.trigger.event.EventPublisher;
import dev.automationengine.trigger.event.EventRef;
import dev.automationengine.trigger.ledger.LeadLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final LeadLedger ledger;

    LeadIntake(
            EventPublisher events, LeadFetcher fetcher, LeadEvents leadEvents, LeadRetries retries, LeadLedger ledger) {
        this.events = events;
        this.fetcher = fetcher;
        this.leadEvents = leadEvents;
        this.retries = retries;
        this.ledger = ledger;
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
        Set<EventId> known =
                events.published(notices.stream().map(LeadIntake::ref).toList());
        Set<EventId> seen = new HashSet<>(known);
        List<LeadNotice> unpublished =
                notices.stream().filter(n -> seen.add(LeadEvents.id(n))).toList();
        for (LeadFetcher.Fetched fetched : fetcher.fetch(unpublished)) {
            switch (fetched.answer()) {
                case GraphAnswer.Found(var lead) ->
                    found.add(leadEvents.event(fetched.notice(), lead, fetched.personal()));
                case GraphAnswer.Refused refused -> failed.add(new LeadRetries.Failed(fetched.notice(), refused));
            }
        }
        events.announce(found);
        // Those known before, too: who published them may have died before the ledger had it.
        ledger.fetched(Stream.concat(
                        found.stream().map(event -> new EventRef(event.orgId(), event.id())),
                        notices.stream().map(LeadIntake::ref).filter(lead -> known.contains(lead.id())))
                .collect(Collectors.toSet()));
        retries.postpone(failed);
    }

    private static EventRef ref(LeadNotice notice) {
        return new EventRef(notice.orgId(), LeadEvents.id(notice));
    }
}
