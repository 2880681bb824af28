package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Events that are for one workflow only: no other hears them, however its trigger looks. */
class EventForOneTest extends DispatcherScene {
    @Test
    void a_time_of_one_schedule_starts_that_workflow_and_no_other_schedule() {
        WorkflowId wanted = create(workflow("SCHEDULE", "{\"cron\": \"0 9 * * *\"}"));
        create(workflow("SCHEDULE", "{\"cron\": \"0 9 * * *\"}"));
        AutomationEvent event = forOne("SCHEDULE", wanted);

        publish(event);

        assertThat(started()).containsExactly(ExecutionId.of(event.id(), wanted).value());
    }

    @Test
    void any_workflow_may_be_run_by_hand_whatever_its_own_trigger_is() {
        WorkflowId lead = create(Seed.JSON);
        WorkflowId manual = create(workflow("MANUAL", "{}"));
        AutomationEvent first = forOne("MANUAL", lead);
        AutomationEvent second = forOne("MANUAL", manual);

        publish(first);
        publish(second);

        await().atMost(PATIENCE).until(() -> started().size() == 2);
        assertThat(started())
                .containsExactlyInAnyOrder(
                        ExecutionId.of(first.id(), lead).value(),
                        ExecutionId.of(second.id(), manual).value());
    }

    @Test
    void a_trigger_of_another_type_is_not_started_by_an_event_that_names_its_workflow() {
        WorkflowId lead = create(Seed.JSON);
        WorkflowId last = create(workflow("MANUAL", "{}"));
        publish(forOne("SCHEDULE", lead));
        AutomationEvent event = forOne("MANUAL", last);
        publish(event);

        assertThat(started()).containsExactly(ExecutionId.of(event.id(), last).value());
    }

    private List<String> started() {
        return await().atMost(PATIENCE)
                .until(
                        () -> mongo().getCollection("executions")
                                .find(new Document("org_id", org.value()))
                                .map(found -> found.getString("_id"))
                                .into(new ArrayList<>()),
                        found -> !found.isEmpty());
    }

    private static String workflow(String type, String config) {
        return """
                {"name": "Only me", "is_active": true, "trigger": {"type": "%s", "config": %s},
                 "steps": [{"id": "a", "type": "ACTION", "action": "CRM_INSERT",
                            "config": {"field_mapping": {"note": "x"}}}]}
                """.formatted(type, config);
    }

    private AutomationEvent forOne(String type, WorkflowId workflow) {
        return AutomationEvent.of(
                org,
                "/runs",
                "run-" + System.nanoTime(),
                "dev.automationengine.run.requested.v1",
                type,
                Instant.now(),
                null,
                AutomationEvent.Data.of(workflow, Map.of("fields", Map.of("email", "joe@example.com"))));
    }
}
