package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Which workflows a failure starts. */
class ErrorTriggerTest extends DispatcherScene {
    @Test
    void a_failure_starts_the_workflows_that_listen_to_it_and_no_other() {
        WorkflowId broken = create(Seed.JSON);
        WorkflowId other = create(Seed.JSON);
        WorkflowId ofAll = create(alarm("{}"));
        WorkflowId ofBroken = create(alarm("{\"workflow_ids\": [\"" + broken + "\"]}"));
        create(alarm("{\"workflow_ids\": [\"" + other + "\"]}"));
        AutomationEvent failure = failure(broken);

        publish(failure);

        Set<ExecutionId> started =
                Stream.of(claim(), claim()).map(job -> job.id().execution()).collect(Collectors.toSet());
        assertThat(started)
                .containsExactlyInAnyOrder(ExecutionId.of(failure.id(), ofAll), ExecutionId.of(failure.id(), ofBroken));
        // All executions of an event are stored together, before the first job is enqueued.
        assertThat(mongo().getCollection("executions").countDocuments(new Document("org_id", org.value())))
                .isEqualTo(2);
    }

    private static String alarm(String config) {
        return """
                {"name": "Tell us", "is_active": true, "trigger": {"type": "ERROR", "config": %s},
                 "steps": [{"id": "a", "type": "ACTION", "action": "CRM_INSERT",
                            "config": {"field_mapping": {"note": "{{ trigger.execution_id }}"}}}]}
                """.formatted(config);
    }

    private AutomationEvent failure(WorkflowId workflow) {
        return AutomationEvent.of(
                org,
                "/executions",
                "exec_" + System.nanoTime(),
                "dev.automationengine.execution.failed.v1",
                "ERROR",
                Instant.now(),
                null,
                new AutomationEvent.Data(Map.of("workflow_id", workflow.value()), Map.of("execution_id", "exec_1")));
    }
}
