package dev.automationengine.logging.executionlog;

import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots for tests. */
final class Snapshots {
    static final Instant CREATED = Instant.parse("2026-03-01T10:00:00.250Z");
    static final StepError ERROR = new StepError(
            ErrorClass.REJECTED, "400", "The CRM refused the contact.", 400, "POST /contacts", "bad email", "Fix it.");

    private Snapshots() {}

    static ExecutionSnapshot of(OrgId org, String id, long rev, ExecutionStatus status) {
        return of(org, id, rev, status, CREATED, "wf_1", Map.of("email", "joe@example.com"));
    }

    static ExecutionSnapshot of(
            OrgId org,
            String id,
            long rev,
            ExecutionStatus status,
            Instant createdAt,
            String workflow,
            Map<String, ?> trigger) {
        Instant end = createdAt.plusMillis(1500);
        @Nullable Instant finished = status.terminal() ? end : null;
        return new ExecutionSnapshot(
                org,
                new ExecutionId(id),
                rev,
                new WorkflowId(workflow),
                "New lead",
                1,
                new EventId("evt_1"),
                "META_LEAD_AD",
                Map.copyOf(trigger),
                status,
                createdAt,
                end,
                finished,
                "00-trace",
                null,
                null,
                null,
                null,
                List.of(step(status, createdAt, end, id)));
    }

    private static ExecutionSnapshot.Step step(ExecutionStatus status, Instant start, Instant end, String execution) {
        boolean failed = status == ExecutionStatus.FAILED;
        return new ExecutionSnapshot.Step(
                new StepId("step_2"),
                "ACTION",
                "CRM_INSERT",
                failed ? StepStatus.FAILED : StepStatus.COMPLETED,
                1,
                Map.of("field_mapping", Map.of("email", "joe@example.com")),
                Map.of("id", "c_1", "message_id", "wamid." + execution),
                List.of(new ExecutionSnapshot.Attempt(
                        1, "worker-1", start, end, failed ? 400 : 201, failed ? ERROR : null)),
                start,
                end,
                null);
    }
}
