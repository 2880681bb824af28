package dev.automationengine.trigger.failure;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionSnapshot.Attempt;
import dev.automationengine.model.execution.ExecutionSnapshot.Step;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an event of an execution that failed. Pure; the same execution always gives the same event. */
final class FailureEvents {
    private static final String TYPE = "dev.automationengine.execution.failed.v1";
    private static final String SOURCE = "/executions";

    private FailureEvents() {}

    /**
     * The event. Its payload has the ids, what failed and why, and as {@code trigger} what started the execution: a
     * snapshot fits into Kafka, so the event, which is smaller, does. What was asked and answered stays out; the dead
     * letter has it.
     */
    static AutomationEvent event(ExecutionSnapshot failed) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("execution_id", failed.executionId().value());
        payload.put("workflow_id", failed.workflowId().value());
        payload.put("workflow_name", failed.workflowName());
        payload.put("workflow_version", failed.workflowVersion());
        payload.put("trigger_type", failed.triggerType());
        Instant at = failed.finishedAt() == null ? failed.updatedAt() : failed.finishedAt();
        payload.put("failed_at", at.toString());
        failed.steps().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .findFirst()
                .ifPresent(step -> {
                    payload.put("step", step(step));
                    payload.put("error", error(step));
                });
        payload.put("trigger", failed.trigger());
        return AutomationEvent.of(
                failed.orgId(),
                SOURCE,
                failed.executionId().value(),
                TYPE,
                Trigger.ERROR,
                at,
                failed.traceparent(),
                new AutomationEvent.Data(
                        Map.of("workflow_id", failed.workflowId().value()), payload));
    }

    private static Map<String, @Nullable Object> step(Step step) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("step_id", step.stepId().value());
        told.put("action", step.action());
        told.put("attempts", step.attempts().size());
        return told;
    }

    private static @Nullable Map<String, @Nullable Object> error(Step step) {
        Attempt last = step.attempts().isEmpty() ? null : step.attempts().getLast();
        StepError error = last == null ? null : last.error();
        if (error == null) {
            return null;
        }
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("class", error.errorClass().name().toLowerCase(Locale.ROOT));
        told.put("code", error.code());
        told.put("message", error.message());
        told.put("http_status", error.httpStatus());
        told.put("advice", error.advice());
        return told;
    }
}
