package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.ExecutionStore.Change;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.execution.Cancellation;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Stops executions because a person wants it. Against reports of workers that come at the same time it insists. */
@Service
class Cancellations {
    private static final int MAX_ROUNDS = 20;
    private static final Logger log = LoggerFactory.getLogger(Cancellations.class);

    private final ExecutionStore store;
    private final WorkflowCache workflows;
    private final Consequences consequences;
    private final InstantSource clock;

    Cancellations(ExecutionStore store, WorkflowCache workflows, Consequences consequences, InstantSource clock) {
        this.store = store;
        this.workflows = workflows;
        this.consequences = consequences;
        this.clock = clock;
    }

    /**
     * Stops an execution; one that was stopped before stays as it is.
     *
     * @param by who wants it
     * @throws ProblemException if there is no such execution, or it ended otherwise
     */
    Execution cancel(OrgId org, ExecutionId id, String by, @Nullable String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Cancellation cancellation = new Cancellation(by, now, reason);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Execution before = execution(org, id);
            WorkflowVersion version = version(before);
            Definition definition = before.follows(version);
            Advanced advanced = Advance.cancel(before, definition, cancellation, now);
            if (!advanced.changed() || store.replace(List.of(new Change(before, advanced.next())))) {
                return told(new Settled(before, advanced, definition, before.traceparent()));
            }
        }
        throw new ProblemException(Problem.CONFLICT, "The execution changes all the time: try again.");
    }

    private Execution told(Settled settled) {
        Execution execution = settled.advanced().next();
        if (execution.status() != ExecutionStatus.CANCELLED) {
            throw new ProblemException(
                    Problem.CONFLICT, "The execution has ended as " + Names.of(execution.status()) + " already.");
        }
        consequences.carryOut(List.of(settled));
        if (settled.advanced().changed()) {
            try (LogContext ids = LogContext.of(execution.orgId(), execution.id(), null)) {
                log.info("Cancelled");
            }
        }
        return execution;
    }

    private Execution execution(OrgId org, ExecutionId id) {
        Execution found = store.find(Map.of(id, org)).get(id);
        if (found == null) {
            throw ProblemException.notFound("execution");
        }
        return found;
    }

    private WorkflowVersion version(Execution execution) {
        VersionKey key = execution.version();
        WorkflowVersion version = workflows.versions(Set.of(key)).get(key);
        if (version == null) {
            throw new ProblemException(
                    Problem.CONFLICT, "The version of the workflow that the execution follows cannot be read here.");
        }
        return Objects.requireNonNull(version);
    }
}
