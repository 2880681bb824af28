package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.execution.Advance;
import dev.automationengine.dispatcher.execution.Beginnings;
import dev.automationengine.dispatcher.execution.Consequences;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.trace.Traces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts executions that people ask for: stored and on their way before anybody is answered. */
@Component
class HandRuns {
    private final Beginnings beginnings;
    private final Consequences consequences;
    private final Traces traces;
    private final InstantSource clock;

    HandRuns(Beginnings beginnings, Consequences consequences, Traces traces, InstantSource clock) {
        this.beginnings = beginnings;
        this.consequences = consequences;
        this.traces = traces;
        this.clock = clock;
    }

    /** Makes an execution that has not begun. */
    @FunctionalInterface
    interface Pending {
        Execution at(Instant now, @Nullable String traceparent);
    }

    /** An execution at its beginning; nothing is stored yet. */
    Settled begin(Pending pending, WorkflowVersion version, @Nullable String parent) {
        return traces.continued(parent, "execution.by-hand", () -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            String traceparent = traces.traceparent();
            Execution execution = pending.at(now, traceparent);
            Definition definition = version.definition();
            return new Settled(execution, Advance.start(execution, definition, now), definition, traceparent);
        });
    }

    /** Stores what begins, and lets follow what follows; what was stored before stands as it is. */
    List<Execution> start(List<Settled> begun) {
        List<Settled> stored = beginnings.store(begun);
        consequences.carryOut(stored);
        return stored.stream().map(each -> each.advanced().next()).toList();
    }
}
