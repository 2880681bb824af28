package dev.automationengine.trigger.lead;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.trigger.event.EventRef;
import dev.automationengine.trigger.lead.GraphAnswer.Kind;
import dev.automationengine.trigger.ledger.LeadLedger;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says when a lead is tried again. A topic for each length of pause: all of a topic wait equally long, so the first in
 * line is the first that is due, and waiting for it holds up nobody.
 */
@Component
class LeadRetries {
    private static final Logger log = LoggerFactory.getLogger(LeadRetries.class);
    private static final int SHORT_TRIES = 3;
    private static final int MEDIUM_TRIES = 8;

    private final FactPublisher facts;
    private final LeadProperties properties;
    private final InstantSource clock;
    private final Traces traces;
    private final LeadLedger ledger;
    private final MeterRegistry meters;

    LeadRetries(
            FactPublisher facts,
            LeadProperties properties,
            InstantSource clock,
            Traces traces,
            LeadLedger ledger,
            MeterRegistry meters) {
        this.ledger = ledger;
        this.facts = facts;
        this.properties = properties;
        this.clock = clock;
        this.traces = traces;
        this.meters = meters;
    }

    /** A notice whose lead could not be fetched. */
    record Failed(LeadNotice notice, GraphAnswer.Refused refused) {}

    /** Publishes all, each to be tried later or to be put aside. */
    void postpone(List<Failed> failed) {
        List<Fact> later = new ArrayList<>();
        List<Fact> never = new ArrayList<>();
        Map<EventRef, String> waiting = new HashMap<>();
        Map<EventRef, String> givenUp = new HashMap<>();
        for (Failed each : failed) {
            // Once for each: the clock goes on.
            boolean over = hopeless(each);
            tell(each, over);
            (over ? never : later).add(fact(each));
            (over ? givenUp : waiting)
                    .put(
                            new EventRef(each.notice().orgId(), LeadEvents.id(each.notice())),
                            each.refused().code());
        }
        facts.publish(later);
        facts.publishDeadLetters(never, "the lead could not be fetched");
        ledger.failed(waiting, false);
        ledger.failed(givenUp, true);
    }

    private boolean hopeless(Failed failed) {
        LeadNotice notice = failed.notice();
        if (clock.instant().isAfter(notice.receivedAt().plus(properties.giveUpAfter()))) {
            return true;
        }
        return switch (failed.refused().kind()) {
            case PASSING, ACCESS -> false;
            case NOT_YET_VISIBLE -> notice.attempts() + 1 >= SHORT_TRIES;
            case PERMANENT -> true;
        };
    }

    private Fact fact(Failed failed) {
        LeadNotice notice = failed.notice();
        int attempts = notice.attempts() + 1;
        Topic topic = topic(failed.refused().kind(), attempts);
        Instant due = clock.instant().plus(delay(topic));
        return new Fact(
                topic,
                notice.leadgenId(),
                new LeadNotice(
                        notice.orgId(),
                        notice.leadgenId(),
                        notice.pageId(),
                        notice.formId(),
                        notice.submittedAt(),
                        notice.receivedAt(),
                        notice.credentialId(),
                        attempts,
                        due,
                        failed.refused().code(),
                        notice.traceparent()));
    }

    static Topic topic(Kind kind, int attempts) {
        if (kind == Kind.ACCESS || attempts > MEDIUM_TRIES) {
            return Topic.LEAD_RETRY_LONG;
        }
        return attempts > SHORT_TRIES ? Topic.LEAD_RETRY_MEDIUM : Topic.LEAD_RETRY_SHORT;
    }

    private Duration delay(Topic topic) {
        if (topic == Topic.LEAD_RETRY_SHORT) {
            return properties.shortDelay();
        }
        return topic == Topic.LEAD_RETRY_MEDIUM ? properties.mediumDelay() : properties.longDelay();
    }

    private void tell(Failed failed, boolean over) {
        LeadNotice notice = failed.notice();
        String kind = failed.refused().kind().name().toLowerCase(Locale.ROOT);
        meters.counter("engine.trigger.lead.failures", "kind", kind, "given_up", Boolean.toString(over))
                .increment();
        traces.continued(notice.traceparent(), "lead retry", () -> {
            try (LogContext context = LogContext.of(notice.orgId(), null, null)) {
                log.warn(
                        "Lead {} of form {} could not be fetched ({}, attempt {}): {}",
                        notice.leadgenId(),
                        notice.formId(),
                        failed.refused().code(),
                        notice.attempts() + 1,
                        over ? "given up, it is in the dead-letter topic" : "tried again later");
            }
            return true;
        });
    }
}
