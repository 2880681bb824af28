package dev.automationengine.polling.sweep;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.PublishFailedException;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.InboundMessage.LeadSweep;
import dev.automationengine.model.event.InboundMessage.SweptLead;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.polling.poll.PollState;
import dev.automationengine.polling.poll.PollStates;
import dev.automationengine.polling.subscription.FormSubscription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** One sweep of one form: page after page from Graph to Kafka. Nothing counts as seen that Kafka has not confirmed. */
@Component
class FormSweep {
    private final PageTokens tokens;
    private final FormLeads graph;
    private final FactPublisher facts;
    private final PollStates states;
    private final PollingProperties properties;
    private final Traces traces;
    private final InstantSource clock;

    FormSweep(
            PageTokens tokens,
            FormLeads graph,
            FactPublisher facts,
            PollStates states,
            PollingProperties properties,
            Traces traces,
            InstantSource clock) {
        this.tokens = tokens;
        this.graph = graph;
        this.facts = facts;
        this.states = states;
        this.properties = properties;
        this.traces = traces;
        this.clock = clock;
    }

    /** Sweeps a window of a form that this replica has claimed. */
    Outcome run(FormSubscription form, PollState claim, Window window) {
        return switch (tokens.find(form)) {
            case PageTokens.Found.Missing missing -> new Outcome.Failed(Outcome.Reason.ACCESS, missing.code(), 0);
            case PageTokens.Found.Token token -> pages(form, claim, window, token.value());
        };
    }

    private Outcome pages(FormSubscription form, PollState claim, Window window, String token) {
        int found = 0;
        String after = null;
        for (int page = 0; page < properties.maxPages(); page++) {
            if (page > 0 && !states.renew(claim, clock.instant().plus(properties.lease()))) {
                return new Outcome.Lost(found);
            }
            switch (graph.page(token, form.formId(), window, after)) {
                case LeadPage.Refused refused -> {
                    return new Outcome.Failed(refused.reason(), refused.code(), found);
                }
                case LeadPage.Found seen -> {
                    if (!published(form, seen.leads())) {
                        return new Outcome.Failed(Outcome.Reason.UNPUBLISHED, "kafka_unconfirmed", found);
                    }
                    found += seen.leads().size();
                    after = seen.after();
                }
            }
            if (after == null) {
                return new Outcome.Complete(found);
            }
        }
        return new Outcome.Partial(found);
    }

    private boolean published(FormSubscription form, List<SweptLead> leads) {
        if (leads.isEmpty()) {
            return true;
        }
        String id = id(form, leads);
        LeadSweep sweep = new LeadSweep(
                id,
                form.org(),
                form.pageId(),
                form.formId(),
                form.credentialId(),
                leads,
                clock.instant(),
                traces.traceparent());
        try {
            facts.publish(List.of(new Fact(Topic.INBOUND, id, sweep)));
            return true;
        } catch (PublishFailedException e) {
            return false;
        }
    }

    /** The same leads of the same form are the same message, however often they are swept. */
    private static String id(FormSubscription form, List<SweptLead> leads) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(form.key().getBytes(StandardCharsets.UTF_8));
            for (SweptLead lead : leads) {
                sha256.update(("\n" + lead.leadgenId()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
