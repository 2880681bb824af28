package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.trial.PastEvents.Kept;
import dev.automationengine.dispatcher.trial.ReplayResult.Outcome;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Does replays a page at a time. Whoever takes a page has it for a while; if it dies, another one does the page again,
 * which changes nothing, because results and executions are known by replay and event.
 */
@Component
class ReplayPages {
    private static final Logger log = LoggerFactory.getLogger(ReplayPages.class);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ReplayStore store;
    private final PastEvents events;
    private final TrialVersions versions;
    private final ShadowRuns shadows;
    private final HandRuns runs;
    private final ReplayProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;

    ReplayPages(
            ReplayStore store,
            PastEvents events,
            TrialVersions versions,
            ShadowRuns shadows,
            HandRuns runs,
            ReplayProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.events = events;
        this.versions = versions;
        this.shadows = shadows;
        this.runs = runs;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /** Does the next page if nobody else has it; tells whether it did. */
    boolean next(Replay due) {
        Replay taken = due.taken(now().plus(properties.lease()));
        if (!store.replace(due, taken)) {
            return false;
        }
        Replay done = done(taken);
        if (store.replace(taken, done)) {
            told(done);
        } else {
            keepCounts(taken, done);
        }
        return true;
    }

    private Replay done(Replay replay) {
        WorkflowVersion version;
        try {
            version = versions.published(replay.orgId(), replay.workflowId(), replay.version());
        } catch (ProblemException e) {
            return replay.ended(Replay.Status.FAILED, e.getMessage(), now());
        }
        int size = Math.min(size(replay), replay.limit() - replay.progress().events());
        String trigger = version.definition().trigger().type();
        List<Kept> page = events.page(replay.orgId(), trigger, replay.events(), replay.position(), size);
        List<AutomationEvent> wanted =
                page.stream().map(Kept::event).filter(version::hears).toList();
        List<ReplayResult> results = switch (replay.mode()) {
            case SHADOW -> shadows.judge(version, wanted, late());
            case LIVE -> started(replay, version, wanted);
        };
        store.add(replay, results);
        boolean last = page.size() < size && results.size() == wanted.size();
        return after(replay, upTo(results, wanted, page), results, last);
    }

    /** A page ends before its time is over: it must not be taken over by somebody who would be as slow. */
    private BooleanSupplier late() {
        Instant end = now().plus(properties.lease().dividedBy(2));
        return () -> now().isAfter(end);
    }

    /** What is done of a page. */
    private static List<Kept> upTo(List<ReplayResult> results, List<AutomationEvent> wanted, List<Kept> page) {
        if (results.size() == wanted.size()) {
            return page;
        }
        int done = 0;
        while (!page.get(done).event().id().equals(results.getLast().eventId())) {
            done++;
        }
        return page.subList(0, done + 1);
    }

    private Replay after(Replay replay, List<Kept> page, List<ReplayResult> results, boolean noneLeft) {
        ReplayProgress progress = replay.progress();
        for (ReplayResult result : results) {
            progress = progress.plus(result);
            meters.counter(
                            "engine.replay.events",
                            "mode",
                            ReplayDocuments.name(replay.mode()),
                            "outcome",
                            ReplayDocuments.name(result.outcome()))
                    .increment();
        }
        Replay.Position reached =
                page.isEmpty() ? replay.position() : page.getLast().position();
        Instant next = switch (replay.mode()) {
            case SHADOW -> now();
            case LIVE -> now().plus(SECOND);
        };
        Replay after = replay.advanced(progress, reached, next, now());
        boolean end = noneLeft || progress.events() >= replay.limit();
        return end ? after.ended(Replay.Status.COMPLETED, null, now()) : after;
    }

    private int size(Replay replay) {
        return switch (replay.mode()) {
            case SHADOW -> properties.page();
            case LIVE -> replay.perSecond();
        };
    }

    /** New executions, stored and on their way; of those that a replica before this one has started, the same. */
    private List<ReplayResult> started(Replay replay, WorkflowVersion version, List<AutomationEvent> wanted) {
        List<Execution> started = runs.start(wanted.stream()
                .map(event -> runs.begin(
                        (now, traceparent) -> Execution.pending(
                                ExecutionId.replay(replay.id(), event.id()), event, version, now, traceparent),
                        version,
                        event.traceparent()))
                .toList());
        Set<ExecutionId> known = started.stream().map(Execution::id).collect(Collectors.toSet());
        return wanted.stream()
                .map(event -> {
                    ExecutionId id = ExecutionId.replay(replay.id(), event.id());
                    return known.contains(id)
                            ? new ReplayResult(event.id(), Outcome.STARTED, id, null, null, List.of(), null)
                            : new ReplayResult(
                                    event.id(), Outcome.FAILED, id, null, null, List.of(), "it has been forgotten");
                })
                .toList();
    }

    /** Somebody stopped it while the page was done: what was done counts. */
    private void keepCounts(Replay taken, Replay done) {
        store.find(taken.orgId(), taken.id())
                .filter(now -> now.status() == Replay.Status.CANCELLED && now.rev() == taken.rev() + 1)
                .ifPresent(now -> store.replace(
                        now, now.advanced(done.progress(), done.position(), done.updatedAt(), now.updatedAt())));
    }

    private static void told(Replay done) {
        switch (done.status()) {
            case COMPLETED ->
                log.info(
                        "Replay {} of {} of {} is complete: {} events",
                        done.id(),
                        done.workflowId(),
                        done.orgId(),
                        done.progress().events());
            case FAILED ->
                log.warn("Replay {} of {} of {} failed: {}", done.id(), done.workflowId(), done.orgId(), done.error());
            case RUNNING, CANCELLED -> {}
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
