package dev.automationengine.dispatcher.redrive;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.automationengine.dispatcher.deadletter.DeadLetter.Resolution;
import dev.automationengine.dispatcher.deadletter.DeadLetterStore;
import dev.automationengine.dispatcher.execution.Advance;
import dev.automationengine.dispatcher.execution.Beginnings;
import dev.automationengine.dispatcher.execution.Consequences;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.ExecutionStore;
import dev.automationengine.dispatcher.execution.Redrive;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.trace.Traces;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes up executions that failed, a batch by one query, one insert, one call of the queue. The new execution is stored
 * and on its way before the dead letter says so; whoever dies in between is asked again, and the same execution is found.
 */
@Component
public class Redrives {
    private static final Logger log = LoggerFactory.getLogger(Redrives.class);

    private final ExecutionStore executions;
    private final WorkflowCache workflows;
    private final Beginnings beginnings;
    private final Consequences consequences;
    private final DeadLetterStore letters;
    private final Traces traces;
    private final InstantSource clock;
    private final MeterRegistry meters;

    Redrives(
            ExecutionStore executions,
            WorkflowCache workflows,
            Beginnings beginnings,
            Consequences consequences,
            DeadLetterStore letters,
            Traces traces,
            InstantSource clock,
            MeterRegistry meters) {
        this.executions = executions;
        this.workflows = workflows;
        this.beginnings = beginnings;
        this.consequences = consequences;
        this.letters = letters;
        this.traces = traces;
        this.clock = clock;
        this.meters = meters;
    }

    /** Which version of the workflow the new execution follows. */
    public enum Version {
        /** The one that the failed execution followed. */
        @JsonProperty("pinned")
        PINNED,
        /** The newest one. */
        @JsonProperty("newest")
        NEWEST
    }

    /** What became of one execution: the one that takes it up, or why there is none. */
    public sealed interface Outcome {
        /** Taken up. */
        record Redriven(ExecutionId as) implements Outcome {}

        /** Left as it is. */
        record Impossible(String why) implements Outcome {}
    }

    /** Takes up executions of an organization; every one asked for has an outcome. */
    public Map<ExecutionId, Outcome> redrive(OrgId org, Set<ExecutionId> failed, Version version, String by) {
        Map<ExecutionId, Execution> found =
                executions.find(failed.stream().collect(Collectors.toMap(id -> id, id -> org)));
        Map<VersionKey, WorkflowVersion> versions = versions(found.values(), version);
        Map<ExecutionId, Outcome> outcomes = new LinkedHashMap<>();
        List<Settled> begun = new ArrayList<>();
        for (ExecutionId id : failed) {
            Execution execution = found.get(id);
            WorkflowVersion follows = execution == null ? null : versions.get(execution.version());
            String obstacle = obstacle(execution, follows);
            if (obstacle == null && execution != null && follows != null) {
                begun.add(begin(execution, follows));
                outcomes.put(id, new Outcome.Redriven(id.redrive()));
            } else {
                outcomes.put(id, new Outcome.Impossible(String.valueOf(obstacle)));
            }
        }
        consequences.carryOut(beginnings.store(begun));
        letters.redriven(org, resolutions(outcomes, by));
        tell(org, outcomes, by);
        return outcomes;
    }

    private Map<VersionKey, WorkflowVersion> versions(Iterable<Execution> found, Version version) {
        Set<VersionKey> pinned = new HashSet<>();
        found.forEach(execution -> pinned.add(execution.version()));
        return switch (version) {
            case PINNED -> workflows.versions(pinned);
            case NEWEST -> workflows.newest(pinned);
        };
    }

    private static @Nullable String obstacle(@Nullable Execution execution, @Nullable WorkflowVersion version) {
        if (execution == null) {
            return "the execution has been forgotten: its retention is over";
        }
        if (!execution.status().terminal()) {
            return "the execution has not ended";
        }
        return version == null ? "there is no such version of the workflow, or it cannot be run" : null;
    }

    private Settled begin(Execution failed, WorkflowVersion version) {
        return traces.continued(failed.traceparent(), "execution.redrive", () -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            String traceparent = traces.traceparent();
            Execution anew = Redrive.anew(failed, version, now, traceparent);
            Definition definition = anew.follows(version);
            return new Settled(anew, Advance.start(anew, definition, now), definition, traceparent);
        });
    }

    private Map<ExecutionId, Resolution> resolutions(Map<ExecutionId, Outcome> outcomes, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<ExecutionId, Resolution> resolutions = new HashMap<>();
        outcomes.forEach((id, outcome) -> {
            if (outcome instanceof Outcome.Redriven(ExecutionId as)) {
                resolutions.put(id, new Resolution(by, now, null, as));
            }
        });
        return resolutions;
    }

    private void tell(OrgId org, Map<ExecutionId, Outcome> outcomes, String by) {
        long redriven = outcomes.values().stream()
                .filter(Outcome.Redriven.class::isInstance)
                .count();
        meters.counter("engine.redrives", "outcome", "redriven").increment(redriven);
        meters.counter("engine.redrives", "outcome", "impossible").increment(outcomes.size() - redriven);
        log.info("{} redrove {} of {} executions of {}", by, redriven, outcomes.size(), org);
    }
}
