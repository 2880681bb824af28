package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executions and reports for tests. */
final class Runs {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    static final OrgId ORG = new OrgId("org_1");
    static final WorkflowId WORKFLOW = new WorkflowId("wf_1");

    private Runs() {}

    static Execution pending(Definition definition, Map<String, ? extends @Nullable Object> content) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(content);
        AutomationEvent event = AutomationEvent.of(
                ORG, "/test", "1", "test.v1", "WEBHOOK", NOW, null, new AutomationEvent.Data(Map.of(), payload));
        return Execution.pending(event, new WorkflowVersion(ORG, WORKFLOW, 1, definition), NOW, null);
    }

    static StepRun run(Execution execution, String step, int attempt, long fence) {
        JobId job = new JobId(execution.id(), new StepId(step), 1);
        Instant begin = NOW.plusSeconds(attempt);
        return new StepRun(ORG, WORKFLOW, job, attempt, fence, "w-1", begin, begin.plusMillis(100), null);
    }

    static StepEvent completed(Execution execution, String step, int attempt, long fence) {
        return new StepEvent.Completed(run(execution, step, attempt, fence), 200, Map.of("id", step));
    }

    static StepEvent attemptFailed(Execution execution, String step, int attempt, long fence) {
        return new StepEvent.AttemptFailed(
                run(execution, step, attempt, fence), error(), NOW.plusSeconds(10L * attempt));
    }

    static StepEvent failed(Execution execution, String step, int attempt, long fence) {
        return new StepEvent.Failed(run(execution, step, attempt, fence), error());
    }

    static StepError error() {
        return new StepError(ErrorClass.OUTAGE, "503", "The CRM is down.", 503, "POST /contacts", "busy", "Wait.");
    }
}
