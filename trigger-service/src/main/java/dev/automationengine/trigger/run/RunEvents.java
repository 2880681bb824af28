package dev.automationengine.trigger.run;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events for one workflow. Pure; the same message always gives the same event. */
public final class RunEvents {
    private static final String MANUAL_TYPE = "dev.automationengine.run.requested.v1";
    private static final String POLL_TYPE = "dev.automationengine.record.found.v1";
    private static final String SCHEDULE_TYPE = "dev.automationengine.schedule.fired.v1";

    private RunEvents() {}

    /** The event of a run by hand: the steps read its input as {@code trigger}, as if the workflow's own trigger had
     * brought it. */
    public static AutomationEvent event(InboundMessage.ManualRun run) {
        return AutomationEvent.of(
                run.orgId(),
                manualSource(run.workflowId()),
                run.id(),
                MANUAL_TYPE,
                Trigger.MANUAL,
                run.receivedAt(),
                run.traceparent(),
                AutomationEvent.Data.of(run.workflowId(), run.input()));
    }

    /** The event of a scheduled time. */
    public static AutomationEvent event(InboundMessage.ScheduleFired fired) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("scheduled_at", fired.scheduledAt().toString());
        payload.put("fired_at", fired.firedAt().toString());
        return AutomationEvent.of(
                fired.orgId(),
                "/schedules/" + fired.workflowId(),
                fired.id(),
                SCHEDULE_TYPE,
                Trigger.SCHEDULE,
                fired.scheduledAt(),
                null,
                AutomationEvent.Data.of(fired.workflowId(), payload));
    }

    /** The events of what was found new at a source, one for each record. */
    public static List<AutomationEvent> events(InboundMessage.PolledRecords polled) {
        return polled.records().stream()
                .map(record -> {
                    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
                    payload.put("source", polled.source());
                    payload.put("record", record.data());
                    payload.put("found_at", polled.foundAt().toString());
                    return AutomationEvent.of(
                            polled.orgId(),
                            "/polls/" + polled.workflowId() + "/" + polled.source(),
                            record.identity(),
                            POLL_TYPE,
                            Trigger.POLL,
                            polled.foundAt(),
                            polled.traceparent(),
                            AutomationEvent.Data.of(polled.workflowId(), payload));
                })
                .toList();
    }

    /** The id of the event of a run by hand. */
    static EventId manualEventId(OrgId org, WorkflowId workflow, String runId) {
        return EventId.of(org, manualSource(workflow), runId);
    }

    private static String manualSource(WorkflowId workflow) {
        return "/workflows/" + workflow + "/runs";
    }
}
