package dev.automationengine.logging.privacy;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.PublishFailedException;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Carries requests on, a page at a time. What is lost on the way, whoever dies, the sweep asks for again; what comes
 * twice changes nothing, since a request goes on only from where it is.
 */
@Service
class SubjectRequests {
    private static final Logger log = LoggerFactory.getLogger(SubjectRequests.class);
    private static final int SWEPT = 100;

    private final SubjectRequestStore store;
    private final FactPublisher facts;
    private final PrivacyProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;

    SubjectRequests(
            SubjectRequestStore store,
            FactPublisher facts,
            PrivacyProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.facts = facts;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /** Accepts a request: it is stored first, so that it goes on without its caller. */
    SubjectRequest accept(SubjectRequest request) {
        store.insert(request);
        log.info("Request {} of {} about a person accepted: {}", request.id(), request.orgId(), request.kind());
        return request;
    }

    /** Asks for the pages whose time has come; at the same time in another replica it is only asked twice. */
    void sweep() {
        for (SubjectRequest request : store.due(clock.instant(), SWEPT)) {
            store.lookAt(request, clock.instant().plus(properties.patience()));
            ask(request);
        }
    }

    /** Takes an answer; one that the request does not wait for is old, and changes nothing. */
    void take(SubjectPage page) {
        store.find(page.orgId(), page.requestId())
                .filter(request -> request.awaits(page))
                .ifPresent(request -> goOn(request, page));
    }

    private void goOn(SubjectRequest request, SubjectPage page) {
        store.add(request, page.findings());
        SubjectRequest next = request.with(page, clock.instant(), properties.settle());
        if (!store.replace(request, next)) {
            return;
        }
        if (next.status() != SubjectRequest.Status.RUNNING) {
            String status = SubjectRequestDocuments.name(next.status());
            meters.counter("engine.privacy.requests.ended", "status", status).increment();
            log.info("Request {} of {} about a person ended: {}", next.id(), next.orgId(), status);
        } else if (!next.lookAt().isAfter(clock.instant())) {
            ask(next);
        }
    }

    private void ask(SubjectRequest request) {
        try {
            facts.publish(List.of(new Fact(Topic.SUBJECT_WORK, request.id(), request.work())));
        } catch (PublishFailedException e) {
            // It is stored: the sweep asks again.
            log.warn("Request {} of {} waits for Kafka", request.id(), request.orgId(), e);
        }
    }
}
