package dev.automationengine.dispatcher.trial;

import dev.automationengine.dispatcher.workflow.SubWorkflowStep;
import dev.automationengine.dispatcher.workflow.VersionKey;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The versions that people run by hand. */
@Component
class TrialVersions {
    private final WorkflowCache workflows;

    TrialVersions(WorkflowCache workflows) {
        this.workflows = workflows;
    }

    /**
     * A version of a workflow.
     *
     * @param version which; null: the draft, without one the newest
     * @throws ProblemException if there is none, or it cannot be run here
     */
    WorkflowVersion get(OrgId org, WorkflowId id, @Nullable Integer version) {
        WorkflowVersion draft = version == null ? workflows.draft(org, id) : null;
        if (draft != null) {
            return draft;
        }
        return published(org, id, version);
    }

    /**
     * A version of a workflow that has been published, so that an execution can follow it.
     *
     * @param version which; null: the newest
     * @throws ProblemException if there is none, or it cannot be run here
     */
    WorkflowVersion published(OrgId org, WorkflowId id, @Nullable Integer version) {
        VersionKey key = new VersionKey(org, id, version == null ? 1 : version);
        WorkflowVersion found =
                (version == null ? workflows.newest(Set.of(key)) : workflows.versions(Set.of(key))).get(key);
        if (found == null) {
            throw ProblemException.notFound("workflow, or it has no such version");
        }
        return found;
    }

    /** What a step that runs another workflow would run; null: there is none. */
    @Nullable
    WorkflowVersion newest(OrgId org, SubWorkflowStep step) {
        VersionKey key = new VersionKey(org, step.workflowId(), 1);
        return workflows.newest(Set.of(key)).get(key);
    }
}
