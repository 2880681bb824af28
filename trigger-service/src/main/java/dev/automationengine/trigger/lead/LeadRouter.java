package dev.automationengine.trigger.lead;

import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.trigger.meta.LeadgenChange;
import dev.automationengine.trigger.meta.MetaDeliveryReader;
import dev.automationengine.trigger.subscription.Subscriptions;
import dev.automationengine.trigger.unrouted.UnroutedLeads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds who is owed a lead. Several organizations may listen to one page; each gets a notice of its own. */
@Component
public class LeadRouter {
    private final MetaDeliveryReader deliveries;
    private final Subscriptions subscriptions;
    private final UnroutedLeads unrouted;

    LeadRouter(MetaDeliveryReader deliveries, Subscriptions subscriptions, UnroutedLeads unrouted) {
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.unrouted = unrouted;
    }

    /** The notices of a delivery; leads that nobody listens to are kept as unrouted. */
    public List<LeadNotice> route(InboundMessage.MetaDelivery delivery) {
        List<LeadNotice> notices = new ArrayList<>();
        List<LeadgenChange> nobodys = new ArrayList<>();
        for (LeadgenChange lead : deliveries.leads(delivery.body())) {
            List<Subscriptions.LeadSubscriber> subscribers = subscriptions.ofLead(lead.pageId(), lead.formId());
            if (subscribers.isEmpty()) {
                nobodys.add(lead);
            }
            for (Subscriptions.LeadSubscriber subscriber : subscribers) {
                notices.add(notice(
                        subscriber.org(),
                        lead.leadgenId(),
                        lead.pageId(),
                        lead.formId(),
                        lead.createdTime(),
                        delivery.receivedAt(),
                        subscriber.credentialId(),
                        delivery.traceparent()));
            }
        }
        unrouted.keep(nobodys);
        return notices;
    }

    /** The notices of a sweep: it was made for one organization, with its token. */
    public List<LeadNotice> route(InboundMessage.LeadSweep sweep) {
        return sweep.leads().stream()
                .map(lead -> notice(
                        sweep.orgId(),
                        lead.leadgenId(),
                        sweep.pageId(),
                        sweep.formId(),
                        lead.submittedAt(),
                        sweep.receivedAt(),
                        sweep.credentialId(),
                        sweep.traceparent()))
                .toList();
    }

    private static LeadNotice notice(
            OrgId org,
            String leadgenId,
            @Nullable String pageId,
            @Nullable String formId,
            @Nullable Instant submittedAt,
            Instant receivedAt,
            @Nullable CredentialId credentialId,
            @Nullable String traceparent) {
        return new LeadNotice(
                org,
                leadgenId,
                pageId,
                formId,
                submittedAt,
                receivedAt,
                credentialId,
                0,
                receivedAt,
                null,
                traceparent);
    }
}
