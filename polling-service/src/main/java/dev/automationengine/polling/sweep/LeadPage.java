package dev.automationengine.polling.sweep;

import dev.automationengine.model.event.InboundMessage.SweptLead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Graph answers to the question for a page of leads. */
sealed interface LeadPage {
    /**
     * A page.
     *
     * @param leads in Graph's order
     * @param after the cursor of the next page; null on the last one
     */
    record Found(List<SweptLead> leads, @Nullable String after) implements LeadPage {
        /** Copies the leads. */
        public Found {
            leads = List.copyOf(leads);
        }
    }

    /**
     * No page.
     *
     * @param reason the kind of failure
     * @param code a short name without personal data
     */
    record Refused(Outcome.Reason reason, String code) implements LeadPage {}
}
