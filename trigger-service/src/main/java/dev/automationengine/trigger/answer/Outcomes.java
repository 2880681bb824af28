package dev.automationengine.trigger.answer;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Tells who waits for an execution how it ended (ADR 13). While somebody waits, one query at a time asks for all of them,
 * by id; while nobody does, none.
 */
@Component
class Outcomes {
    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);
    private static final String EXECUTIONS = "executions";
    private static final List<String> ENDS = List.of("completed", "failed", "filtered", "cancelled");

    private final MongoOperations mongo;
    private final AnswerProperties properties;
    private final MeterRegistry meters;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean looking;
    private volatile boolean closed;

    Outcomes(MongoOperations mongo, AnswerProperties properties, MeterRegistry meters) {
        this.mongo = mongo;
        this.properties = properties;
        this.meters = meters;
        Gauge.builder("engine.trigger.webhook.waiting", waiting, Set::size)
                .description("Callers of webhooks who wait for the outcome")
                .register(meters);
    }

    /** Somebody who waits; each is one of its own, also if two wait for the same execution. */
    private static final class Waiting {
        private final OrgId org;
        private final ExecutionId execution;
        private final CompletableFuture<Optional<Ended>> end = new CompletableFuture<>();

        Waiting(OrgId org, ExecutionId execution) {
            this.org = org;
            this.execution = execution;
        }
    }

    /** Waits for an execution's end; empty if it takes longer, too many wait already, or the service stops. */
    Optional<Ended> await(OrgId org, ExecutionId execution, Duration within) {
        Waiting one = new Waiting(org, execution);
        if (!begin(one)) {
            return Optional.empty();
        }
        try {
            return one.end.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.remove(one);
        }
    }

    /** A stopping service answers who waits, rather than cutting the line: their calls are stored. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        waiting.forEach(one -> one.end.complete(Optional.empty()));
    }

    private boolean begin(Waiting one) {
        synchronized (lock) {
            if (closed || waiting.size() >= properties.mostWaiting()) {
                meters.counter("engine.trigger.webhook.not.waited").increment();
                return false;
            }
            waiting.add(one);
            if (!looking) {
                looking = true;
                Thread.ofVirtual().name("outcomes").start(this::look);
            }
            return true;
        }
    }

    private void look() {
        boolean failing = false;
        while (anybody()) {
            try {
                tell();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    failing = true;
                    log.warn("Outcomes that callers of webhooks wait for cannot be read; it is tried again", e);
                }
            }
        }
    }

    /** Rests first: no execution ends in no time. Who comes later finds a thread, or starts the next one. */
    private boolean anybody() {
        try {
            TimeUnit.NANOSECONDS.sleep(properties.interval().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            looking = !waiting.isEmpty() && !Thread.currentThread().isInterrupted();
            return looking;
        }
    }

    private void tell() {
        List<Waiting> all = List.copyOf(waiting);
        List<String> ids =
                all.stream().map(one -> one.execution.value()).distinct().toList();
        List<String> orgs = all.stream().map(one -> one.org.value()).distinct().toList();
        mongo.getCollection(EXECUTIONS)
                .find(Filters.and(Filters.in("_id", ids), Filters.in("org_id", orgs), Filters.in("status", ENDS)))
                .projection(Projections.include("org_id", "status", "last_steps", "steps"))
                .forEach(ended -> tell(all, ended));
    }

    private static void tell(List<Waiting> all, Document ended) {
        Optional<Ended> end = Optional.of(Ended.of(ended));
        all.stream()
                .filter(one -> one.execution.value().equals(ended.getString("_id"))
                        && one.org.value().equals(ended.getString("org_id")))
                .forEach(one -> one.end.complete(end));
    }
}
