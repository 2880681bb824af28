package dev.automationengine.scheduler.recovery;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.NewJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for executions that stand still: a step that has long been due, but whose job is nowhere, gets it back; an
 * execution that waits for nothing and yet has not ended is reported. A part of all executions at a time.
 */
@Component
class LostJobSearch {
    private static final Logger log = LoggerFactory.getLogger(LostJobSearch.class);
    private static final int MOST_REMEMBERED = 10_000;

    private final RunningExecutions executions;
    private final PutBack queue;
    private final CaughtUp caughtUp;
    private final RecoveryProperties properties;
    private final InstantSource clock;
    private final JsonMapper json;
    private final Counter stuck;
    private final Map<String, Boolean> reported = new LinkedHashMap<>();
    private Instant next = Instant.MIN;
    private @Nullable RunningExecution searchedTo;

    LostJobSearch(
            RunningExecutions executions,
            PutBack queue,
            AppliedOutcomes outcomes,
            RecoveryProperties properties,
            JobQueueProperties queueProperties,
            InstantSource clock,
            JsonMapper json,
            MeterRegistry meters) {
        this.executions = executions;
        this.queue = queue;
        this.caughtUp = new CaughtUp(outcomes, clock, queueProperties);
        this.properties = properties;
        this.clock = clock;
        this.json = json;
        this.stuck = Counter.builder("engine.executions.stuck")
                .description("Executions found in progress that wait for nothing")
                .register(meters);
    }

    /** Looks at the next part, if it is time to. */
    void searchWhenDue() {
        if (clock.instant().isBefore(next) || !caughtUp.isReached()) {
            return;
        }
        caughtUp.reset();
        Instant now = clock.instant();
        Instant overdueSince = now.minus(properties.overdue());
        AtomicInteger seen = new AtomicInteger();
        executions.unchangedSince(overdueSince, searchedTo, properties.most(), properties.page(), page -> {
            seen.addAndGet(page.size());
            putBack(page, now, overdueSince);
            searchedTo = page.getLast();
        });
        if (seen.get() < properties.most()) {
            searchedTo = null;
        }
        next = now.plus(properties.interval());
    }

    private void putBack(List<RunningExecution> page, Instant now, Instant overdueSince) {
        List<NewJob> overdue = new ArrayList<>();
        for (RunningExecution execution : page) {
            if (execution.waits()) {
                overdue.addAll(execution.jobs(now, overdueSince, json::writeValueAsString));
            } else {
                report(execution);
            }
        }
        int missing = queue.putBack(overdue);
        if (missing > 0) {
            log.warn("{} jobs were missing in Redis and are queued again", missing);
        }
    }

    private void report(RunningExecution execution) {
        if (reported.put(execution.id().value(), true) != null) {
            return;
        }
        if (reported.size() > MOST_REMEMBERED) {
            reported.remove(reported.keySet().iterator().next());
        }
        stuck.increment();
        log.atError()
                .addKeyValue("org_id", execution.org())
                .addKeyValue("execution_id", execution.id())
                .log("An execution is in progress, but none of its steps waits for anything");
    }
}
