package dev.automationengine.worker.connection;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.id.OrgId;
import java.util.Objects;

/**
 * What jobs share that call the same third party for the same organization.
 *
 * @param org the organization
 * @param limitKey their limit key; empty for jobs without one
 */
record Connection(OrgId org, String limitKey) {
    static Connection of(ClaimedJob job) {
        return new Connection(job.org(), Objects.requireNonNullElse(job.limitKey(), ""));
    }
}
