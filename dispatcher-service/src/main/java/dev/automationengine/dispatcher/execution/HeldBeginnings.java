package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.ExecutionStore.Change;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.id.ExecutionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins executions that were recorded and held. */
@Component
public class HeldBeginnings {
    private static final Logger log = LoggerFactory.getLogger(HeldBeginnings.class);

    private final ExecutionStore store;
    private final WorkflowCache workflows;
    private final Consequences consequences;
    private final InstantSource clock;

    HeldBeginnings(ExecutionStore store, WorkflowCache workflows, Consequences consequences, InstantSource clock) {
        this.store = store;
        this.workflows = workflows;
        this.consequences = consequences;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param begun how many have begun now
     * @param done which need not be looked at again
     */
    public record Begun(int begun, Set<ExecutionId> done) {
        /** Copies the ids. */
        public Begun {
            done = Set.copyOf(done);
        }
    }

    /**
     * Begins executions and carries out what follows. Of those that have begun already what followed is repeated: whoever
     * began them may have died before it was done. One that somebody else begins at this moment is left to the next look.
     */
    public Begun begin(List<Execution> executions) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<VersionKey, WorkflowVersion> versions =
                workflows.versions(executions.stream().map(Execution::version).collect(Collectors.toSet()));
        List<Settled> settled = new ArrayList<>();
        Set<ExecutionId> done = new HashSet<>();
        int begun = 0;
        for (Execution each : executions) {
            WorkflowVersion version = versions.get(each.version());
            if (version == null) {
                log.warn("Held execution {} of {} follows a version that cannot be read", each.id(), each.orgId());
                continue;
            }
            Definition definition = each.follows(version);
            Advanced advanced = Advance.start(each, definition, now);
            if (!advanced.changed() || store.replace(List.of(new Change(each, advanced.next())))) {
                begun += advanced.changed() ? 1 : 0;
                done.add(each.id());
                settled.add(new Settled(each, advanced, definition, each.traceparent()));
            }
        }
        consequences.carryOut(settled);
        return new Begun(begun, done);
    }
}
