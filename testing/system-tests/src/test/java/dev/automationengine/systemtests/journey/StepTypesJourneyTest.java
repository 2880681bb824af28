package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Every type of step through the whole fleet, each started by a webhook. */
@ExtendWith(FleetExtension.class)
class StepTypesJourneyTest {
    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    StepTypesJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Steps");
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @Test
    void a_branch_is_taken_data_is_made_and_the_ways_meet_again() {
        String workflow = workflows.create("branch", """
                [{"id": "person", "type": "TRANSFORM",
                  "output": {"phone": "{{ $phone(trigger.body.phone, 'IN') }}", "total": "{{ $sum(trigger.body.lines.price) }}"}},
                 {"id": "route", "type": "BRANCH", "depends_on": ["person"], "branches": [
                   {"name": "india", "condition": {"field": "steps.person.output.phone", "operator": "STARTS_WITH", "value": "+91"}}]},
                 {"id": "india", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["route.india"],
                  "config": {"method": "POST", "url": "ECHO/india", "body": {"total": "{{ steps.person.output.total }}"}}},
                 {"id": "world", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["route.else"],
                  "config": {"method": "POST", "url": "ECHO/world"}},
                 {"id": "all", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["india", "world"], "join": "any",
                  "config": {"method": "POST", "url": "ECHO/all"}}]
                """);
        workflows.call(
                "branch", Map.of("phone", "098765 43210", "lines", List.of(Map.of("price", 3), Map.of("price", 4))));

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(WebhookWorkflows.statuses(done)).isEqualTo("completed completed completed skipped completed");
        assertThat(done.at("/steps/0/output/phone").asString()).isEqualTo("+919876543210");
        assertThat(done.at("/steps/2/output/body/body/total").asInt()).isEqualTo(7);
    }

    @Test
    void each_item_of_a_list_is_sent_and_the_answers_come_together() {
        String workflow = workflows.create("each", """
                [{"id": "each", "type": "FOR_EACH", "items": "{{ trigger.body.items }}", "concurrency": 3,
                  "with": {"order": "{{ trigger.body.order }}"}, "collect": "{{ steps.send.output.body.body.sku }}",
                  "steps": [{"id": "send", "type": "ACTION", "action": "HTTP_REQUEST",
                             "config": {"method": "POST", "url": "ECHO/item",
                                        "body": {"sku": "{{ item.sku }}", "order": "{{ with.order }}"}}}]}]
                """);
        List<Map<String, String>> items = List.of(
                Map.of("sku", "a"), Map.of("sku", "b"), Map.of("sku", "c"), Map.of("sku", "d"), Map.of("sku", "e"));
        workflows.call("each", Map.of("order", "o-1", "items", items));

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(done.at("/steps/0/output/results").toString()).isEqualTo("[\"a\",\"b\",\"c\",\"d\",\"e\"]");
        assertThat(tenant.executions(workflow))
                .filteredOn(each -> each.path("trigger_type").asString().equals("FOR_EACH"))
                .hasSize(5);
    }

    @Test
    void a_workflow_calls_another_whose_failure_is_minded() {
        String sub = tenant.workflow(Json.MAPPER.readTree("""
                {"name": "refuses", "is_active": true, "trigger": {"type": "SUB_WORKFLOW"}, "steps": [
                 {"id": "no", "type": "STOP", "status": "failed", "message": "{{ trigger.why }} is no reason."}]}
                """));
        String workflow = workflows.create("sub", """
                [{"id": "call", "type": "SUB_WORKFLOW", "workflow_id": "SUB", "input": {"why": "{{ trigger.body.why }}"},
                  "on_error": {"go_to": "tell"}},
                 {"id": "never", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["call"],
                  "config": {"method": "POST", "url": "ECHO/never"}},
                 {"id": "tell", "type": "ACTION", "action": "HTTP_REQUEST",
                  "config": {"method": "POST", "url": "ECHO/tell", "body": {"why": "{{ steps.call.error.message }}"}}}]
                """.replace("SUB\"", sub + "\""));
        workflows.call("sub", Map.of("why", "Rain"));

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(WebhookWorkflows.statuses(done)).isEqualTo("failed skipped completed");
        assertThat(done.at("/steps/2/output/body/body/why").asString()).contains("Rain is no reason.");
        assertThat(workflows.awaitExecution(sub, "failed").at("/parent/step_id").asString())
                .isEqualTo("call");
    }

    @Test
    void a_delay_passes_and_what_a_filter_holds_back_is_skipped() {
        String workflow = workflows.create("delay", """
                [{"id": "wait", "type": "DELAY", "duration": "PT1S"},
                 {"id": "large", "type": "FILTER", "depends_on": ["wait"],
                  "condition": {"field": "body.sum", "operator": "GT", "value": 100}},
                 {"id": "tell", "type": "TRANSFORM", "output": {}, "depends_on": ["large"]},
                 {"id": "all", "type": "TRANSFORM", "output": {}, "depends_on": ["wait"]}]
                """);
        workflows.call("delay", Map.of("sum", 7));

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(WebhookWorkflows.statuses(done)).isEqualTo("completed filtered skipped completed");
        assertThat(Duration.between(
                        Instant.parse(done.at("/created_at").asString()),
                        Instant.parse(done.at("/steps/0/finished_at").asString())))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_draft_changes_nothing_until_it_is_published() {
        String workflow = workflows.create("versions", """
                [{"id": "send", "type": "ACTION", "action": "HTTP_REQUEST", "config": {"method": "POST", "url": "ECHO/one"}}]
                """);
        String changed = workflows.document("versions", """
                [{"id": "send", "type": "ACTION", "action": "HTTP_REQUEST", "config": {"method": "POST", "url": "ECHO/two"}}]
                """).replace("\"is_active\": true", "\"is_active\": false");
        Http.Answer draft = tenant.call("PUT", "/v1/workflows/" + workflow, Json.MAPPER.readTree(changed));
        assertThat(draft.body().path("version").asInt()).isEqualTo(1);
        workflows.call("versions", Map.of());
        assertThat(workflows
                        .awaitExecution(workflow, "completed")
                        .at("/steps/0/output/body/path")
                        .asString())
                .isEqualTo("/echo/one");

        assertThat(tenant.call("POST", "/v1/workflows/" + workflow + ":publish", Map.of("note", "two"))
                        .status())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> {
            workflows.call("versions", Map.of());
            assertThat(tenant.executions(workflow))
                    .anySatisfy(each ->
                            assertThat(each.path("workflow_version").asInt()).isEqualTo(2));
        });
    }

    @Test
    void a_person_decides_by_a_link_and_a_machine_calls_back_even_across_the_death_of_the_dispatcher() {
        String workflow = workflows.create("approval", """
                [{"id": "links", "type": "TRANSFORM",
                  "output": {"approve": "{{ waits.ask.approve_url }}", "call": "{{ waits.signed.url }}"}},
                 {"id": "ask", "type": "APPROVAL", "message": "A discount for {{ trigger.body.name }}?", "timeout": "P2D",
                  "depends_on": ["links"]},
                 {"id": "signed", "type": "WAIT_FOR_EVENT", "callback": true, "timeout": "P2D", "depends_on": ["ask.approved"]},
                 {"id": "done", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["signed"],
                  "config": {"method": "POST", "url": "ECHO/done",
                             "body": {"comment": "{{ steps.ask.output.comment }}", "document": "{{ steps.signed.output.document }}"}}}]
                """);
        workflows.call("approval", Map.of("name", "Joe"));
        JsonNode waiting = workflows.awaitExecution(workflow, "in_progress");
        URI approve = URI.create(waiting.at("/steps/0/output/approve").asString());
        URI callback = URI.create(waiting.at("/steps/0/output/call").asString());
        fleet.engine("kill", "dispatcher-service");
        fleet.engine("restart", "dispatcher-service");

        Http.Answer page = Http.send("GET", approve, null, null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("A discount for Joe?");
        assertThat(Http.send("POST", approve, null, Map.of("decision", "approved", "comment", "Fine."))
                        .status())
                .isEqualTo(202);
        assertThat(Http.send("POST", callback, null, Map.of("document", "d-1")).status())
                .isEqualTo(202);
        assertThat(Http.send("POST", URI.create(callback + "x"), null, Map.of()).status())
                .isEqualTo(404);

        JsonNode done = workflows.awaitExecution(workflow, "completed");
        assertThat(done.at("/steps/3/output/body/body").toString())
                .isEqualTo("{\"comment\":\"Fine.\",\"document\":\"d-1\"}");
    }
}
