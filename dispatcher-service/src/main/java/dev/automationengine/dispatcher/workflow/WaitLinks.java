package dev.automationengine.dispatcher.workflow;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the links that waiting steps are answered by. The same arguments always give the same link. */
@FunctionalInterface
public interface WaitLinks {
    /** Names a link instead of signing one: nobody can answer by it. */
    WaitLinks UNSIGNED = (org, job, choice, approver, expiresAt) ->
            "link:" + job + (choice == null ? "" : ":" + choice) + (approver == null ? "" : ":" + approver);

    /**
     * A link.
     *
     * @param job the step that waits
     * @param choice the decision that it stands for; null: it takes data of a machine
     * @param approver which of the step's approvers it is for, 0 for the first; null: none in particular
     * @param expiresAt until when it may be used
     */
    String url(OrgId org, JobId job, @Nullable String choice, @Nullable Integer approver, Instant expiresAt);
}
