package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Steps that wait for an event that has a value, on the whole way of the event. */
class WaitForEventTest extends DispatcherScene {
    @Test
    void an_event_ends_the_wait_of_just_the_execution_that_waits_for_its_value() {
        WorkflowId id = create(workflow("order-paid"));
        assertThat(change(id).awaits())
                .as("other services have to listen, too")
                .extracting(source -> source.config().get("path"))
                .containsExactly("order-paid");
        ExecutionId first = start(id, "o-1");
        ExecutionId second = start(id, "o-2");
        awaitWaits(2);

        publish(call("order-paid", Map.of("order", "o-2", "sum", 9)));

        Document ended = await().atMost(PATIENCE)
                .until(() -> execution(second), each -> status(each).equals("completed"));
        assertThat(ended.getEmbedded(List.of("steps", "paid", "output", "body", "sum"), Integer.class))
                .isEqualTo(9);
        assertThat(status(execution(first))).isEqualTo("in_progress");
        awaitWaits(1);
    }

    @Test
    void an_execution_of_an_earlier_version_of_a_workflow_that_is_switched_off_still_hears() {
        WorkflowId id = create(workflow("old-path"));
        ExecutionId waiting = start(id, "o-1");
        awaitWaits(1);
        rest().putMap("/v1/workflows/" + id + "?publish=true", workflow("new-path"));
        rest().postMap("/v1/workflows/" + id + ":deactivate", "");
        await().atMost(PATIENCE).until(() -> !change(id).active());
        assertThat(change(id).awaits())
                .extracting(source -> source.config().get("path"))
                .containsExactly("new-path", "old-path");

        publish(call("old-path", Map.of("order", "o-1")));

        await().atMost(PATIENCE).until(() -> status(execution(waiting)).equals("completed"));
    }

    @Test
    void the_event_that_starts_an_execution_is_not_what_it_waits_for() {
        WorkflowId id = create(workflow("same").replace("\"orders\"", "\"same\""));
        ExecutionId first = start(id, "same", "o-1");
        awaitWaits(1);

        ExecutionId second = start(id, "same", "o-1");

        await().atMost(PATIENCE).until(() -> status(execution(first)).equals("completed"));
        assertThat(status(execution(second))).isEqualTo("in_progress");
        awaitWaits(1);
    }

    @Test
    void a_value_that_is_missing_fails_the_step_at_once() {
        WorkflowId id = create(workflow("never"));
        AutomationEvent event = call("orders", Map.of("no", "order"));
        publish(event);

        Document failed = await().atMost(PATIENCE)
                .until(
                        () -> execution(ExecutionId.of(event.id(), id)),
                        each -> status(each).equals("failed"));
        assertThat(failed.toJson()).contains("nothing_to_wait_for");
    }

    @Test
    void what_became_of_a_message_is_heard_though_it_came_before_the_step_waited() {
        WorkflowId id = create("""
                {"name": "Waits for the delivery", "is_active": true,
                 "trigger": {"type": "WEBHOOK", "config": {"path": "orders"}},
                 "steps": [
                  {"id": "known", "type": "WAIT_FOR_EVENT", "timeout": "PT1H",
                   "event": {"type": "WHATSAPP_STATUS", "config": {"phone_number_id": "1", "settled": "true"},
                             "match": {"field": "message_id", "value": "{{ trigger.body.order }}"}}}]}
                """);
        publish(status("wamid.1", "sent"));
        publish(status("wamid.1", "read"));
        await().atMost(PATIENCE)
                .until(() ->
                        mongo().getCollection("early_events").countDocuments(new Document("org_id", org.value())) == 1);
        publish(status("wamid.1", "delivered"));

        ExecutionId early = start(id, "wamid.1");
        ExecutionId late = start(id, "wamid.2");

        Document ended = await().atMost(PATIENCE)
                .until(() -> execution(early), each -> status(each).equals("completed"));
        assertThat(ended.getEmbedded(List.of("steps", "known", "output", "status"), String.class))
                .as("the first that settles it")
                .isEqualTo("read");
        awaitWaits(1);
        publish(status("wamid.2", "failed"));
        await().atMost(PATIENCE).until(() -> status(execution(late)).equals("completed"));
        awaitWaits(0);
    }

    @Test
    void a_call_that_came_before_the_step_waited_is_not_heard() {
        WorkflowId id = create(workflow("too-early"));
        publish(call("too-early", Map.of("order", "o-1")));

        ExecutionId waiting = start(id, "o-1");

        awaitWaits(1);
        assertThat(status(execution(waiting))).isEqualTo("in_progress");
    }

    private AutomationEvent status(String message, String status) {
        boolean settled = !status.equals("sent");
        return AutomationEvent.of(
                org,
                "/whatsapp/statuses",
                message + ":" + status,
                "dev.automationengine.whatsapp.status.v1",
                Trigger.WHATSAPP_STATUS,
                Instant.now(),
                null,
                new AutomationEvent.Data(
                        Map.of("phone_number_id", "1", "status", status, "settled", Boolean.toString(settled)),
                        Map.of("message_id", message, "status", status, "settled", settled)));
    }

    private ExecutionId start(WorkflowId id, String order) {
        return start(id, "orders", order);
    }

    private ExecutionId start(WorkflowId id, String path, String order) {
        AutomationEvent event = call(path, Map.of("order", order));
        publish(event);
        ExecutionId execution = ExecutionId.of(event.id(), id);
        await().atMost(PATIENCE)
                .until(() -> mongo().getCollection("executions")
                                .countDocuments(new Document("_id", execution.value()).append("org_id", org.value()))
                        == 1);
        return execution;
    }

    private AutomationEvent call(String path, Map<String, Object> body) {
        return AutomationEvent.of(
                org,
                "/webhooks/" + path,
                "call-" + System.nanoTime(),
                "dev.automationengine.webhook.received.v1",
                Trigger.WEBHOOK,
                Instant.now(),
                null,
                new AutomationEvent.Data(Map.of("path", path), Map.of("path", path, "body", body)));
    }

    private void awaitWaits(int count) {
        await().atMost(PATIENCE)
                .until(() -> mongo().getCollection("event_waits").countDocuments(new Document("org_id", org.value()))
                        == count);
    }

    private static String status(Document execution) {
        return execution.getString("status");
    }

    private static String workflow(String path) {
        return """
                {"name": "Waits to be paid", "is_active": true,
                 "trigger": {"type": "WEBHOOK", "config": {"path": "orders"}},
                 "steps": [
                  {"id": "paid", "type": "WAIT_FOR_EVENT", "timeout": "PT1H",
                   "event": {"type": "WEBHOOK", "config": {"path": "%s"},
                             "match": {"field": "body.order", "value": "{{ trigger.body.order }}"}}}]}
                """.formatted(path);
    }
}
