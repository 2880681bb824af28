package dev.automationengine.trigger.ledger;

import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;

/**
 * A lead that an organization is owed.
 *
 * @param id of the event that it becomes, which is the id of its entry, too
 * @param notice what is known of it
 */
public record LeadEntry(EventId id, LeadNotice notice) {
    /** The source of events of leads: without page and form, since a sweep may not know the page, and must find the event
     * that the webhook made. */
    public static final String SOURCE = "/meta/leads";

    /** The entry of a notice. */
    public static LeadEntry of(LeadNotice notice) {
        return new LeadEntry(id(notice.orgId(), notice.leadgenId()), notice);
    }

    /** The id of the event of a lead, known before the lead is fetched. */
    public static EventId id(OrgId org, String leadgenId) {
        return EventId.of(org, SOURCE, leadgenId);
    }
}
