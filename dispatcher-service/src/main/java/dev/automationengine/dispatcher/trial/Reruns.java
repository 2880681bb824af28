package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.ExecutionStore;
import dev.automationengine.dispatcher.execution.Parent;
import dev.automationengine.dispatcher.execution.Redrive;
import dev.automationengine.dispatcher.redrive.Redrives;
import dev.automationengine.dispatcher.redrive.Redrives.Outcome;
import dev.automationengine.dispatcher.redrive.Redrives.Version;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Runs executions again: from the start, or on from what failed. */
@Service
class Reruns {
    private static final Logger log = LoggerFactory.getLogger(Reruns.class);

    private final ExecutionStore executions;
    private final TrialVersions versions;
    private final Redrives redrives;
    private final HandRuns runs;

    Reruns(ExecutionStore executions, TrialVersions versions, Redrives redrives, HandRuns runs) {
        this.executions = executions;
        this.versions = versions;
        this.redrives = redrives;
        this.runs = runs;
    }

    /**
     * Runs the event of an execution again from the start, with effects anew.
     *
     * @param key the same key gives the same execution; null: each call gives one
     */
    Execution rerun(OrgId org, ExecutionId id, Version which, @Nullable String key, String by) {
        Execution earlier = get(org, id);
        Parent parent = earlier.parent();
        if (parent != null && parent.isItem()) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "It is an item of a step: run " + parent.execution() + " again, which started it.");
        }
        WorkflowVersion version = versions.published(
                org,
                earlier.workflowId(),
                switch (which) {
                    case PINNED -> earlier.workflowVersion();
                    case NEWEST -> null;
                });
        ExecutionId again = id.rerun(key == null ? UUID.randomUUID().toString() : key);
        List<Execution> started = runs.start(List.of(runs.begin(
                (now, traceparent) -> Redrive.rerun(again, earlier, version, now, traceparent),
                version,
                earlier.traceparent())));
        if (started.isEmpty()) {
            throw new ProblemException(
                    Problem.CONFLICT, "It has been run again with this Idempotency-Key, and that has been forgotten.");
        }
        Repeated.check(started.getFirst().workflowVersion() == version.version());
        try (LogContext ids = LogContext.of(org, again, null)) {
            log.info("{} runs {} again from the start", by, id);
        }
        return started.getFirst();
    }

    /** Goes on from what failed. Asked again, it tells of the same execution. */
    Execution resume(OrgId org, ExecutionId id, Version which, String by) {
        Execution failed = get(org, id);
        switch (failed.status()) {
            case FAILED, CANCELLED -> {}
            case PENDING, IN_PROGRESS, COMPLETED, FILTERED ->
                throw new ProblemException(
                        Problem.CONFLICT, "Only what failed or was cancelled can be resumed; it may be run again.");
        }
        Outcome outcome = redrives.redrive(org, Set.of(id), which, by).get(id);
        return switch (outcome) {
            case Outcome.Redriven(ExecutionId as) -> get(org, as);
            case Outcome.Impossible(String why) ->
                throw new ProblemException(Problem.CONFLICT, "It cannot be resumed: " + why + ".");
            case null -> throw new IllegalStateException("every execution asked for has an outcome");
        };
    }

    private Execution get(OrgId org, ExecutionId id) {
        Execution found = executions.find(Map.of(id, org)).get(id);
        if (found == null) {
            throw ProblemException.notFound("execution, or its retention is over");
        }
        return found;
    }
}
