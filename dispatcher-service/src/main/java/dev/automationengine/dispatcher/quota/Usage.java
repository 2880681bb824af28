package dev.automationengine.dispatcher.quota;

import dev.automationengine.model.organization.Plan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of its plan an organization uses.
 *
 * @param plan the plan
 * @param executions executions of this month
 * @param activeWorkflows workflows that are active
 */
record Usage(Plan plan, Executions executions, ActiveNow activeWorkflows) {
    /**
     * Executions that events have begun.
     *
     * @param month the month, in UTC: {@code 2026-11}
     * @param used how many have begun
     * @param limit how many may; null: any number
     * @param near whether so many have that it is time to think of another plan
     * @param held how many wait for another plan or month; more than 100,000 are not counted
     * @param resetsAt when the next month begins
     */
    record Executions(String month, long used, @Nullable Long limit, boolean near, long held, Instant resetsAt) {}

    /**
     * Workflows.
     *
     * @param used how many are active
     * @param limit how many may be; null: any number
     */
    record ActiveNow(long used, @Nullable Long limit) {}
}
