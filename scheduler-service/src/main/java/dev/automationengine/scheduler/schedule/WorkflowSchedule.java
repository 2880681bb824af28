package dev.automationengine.scheduler.schedule;

import dev.automationengine.kit.schedule.Schedule;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of an active workflow.
 *
 * @param org the organization
 * @param workflow the workflow
 * @param schedule when it is due
 * @param changedAt when the workflow changed last
 * @param nextAt the next time that is not fired yet
 * @param lastAt the last time that was fired; null before the first
 */
record WorkflowSchedule(
        OrgId org,
        WorkflowId workflow,
        Schedule schedule,
        Instant changedAt,
        Instant nextAt,
        @Nullable Instant lastAt) {}
