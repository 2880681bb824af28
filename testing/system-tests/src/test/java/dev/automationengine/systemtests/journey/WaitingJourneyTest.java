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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Executions that wait for somebody or something, through the whole fleet. */
@ExtendWith(FleetExtension.class)
class WaitingJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    WaitingJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Waiting");
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @Test
    void a_payment_is_waited_for_on_a_path_of_its_own_across_a_restart_and_a_new_version() {
        String steps = """
                [{"id": "paid", "type": "WAIT_FOR_EVENT", "timeout": "P7D",
                  "event": {"type": "WEBHOOK", "config": {"path": "payments"},
                            "match": {"field": "body.order", "value": "{{ trigger.body.id }}"}}},
                 {"id": "ship", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["paid"],
                  "config": {"method": "POST", "url": "ECHO/ship",
                             "body": {"order": "{{ trigger.body.id }}", "receipt": "{{ steps.paid.output.body.receipt }}"}}}]
                """;
        String workflow = workflows.create("shop-orders", steps);
        workflows.call("shop-orders", Map.of("id", "o-1"));
        workflows.call("shop-orders", Map.of("id", "o-2"));
        await().atMost(SOON)
                .until(() -> tenant.executions(workflow).stream()
                                .filter(each -> each.path("status").asString().equals("in_progress"))
                                .count()
                        == 2);
        Http.Answer next = tenant.call(
                "PUT",
                "/v1/workflows/" + workflow,
                Json.MAPPER.readTree(workflows.document(
                        "shop-orders", "[{\"id\": \"noted\", \"type\": \"TRANSFORM\", \"output\": {}}]")));
        assertThat(next.body().path("version").asInt()).isEqualTo(2);
        for (String service : new String[] {"dispatcher-service", "trigger-service"}) {
            fleet.engine("kill", service);
            fleet.engine("restart", service);
        }
        workflows.awaitSubscription(workflow);

        workflows.call("payments", Map.of("order", "o-2", "receipt", "r-2"));

        JsonNode done = workflows.awaitExecution(workflow, "completed");
        assertThat(done.at("/steps/1/output/body/body").toString())
                .isEqualTo("{\"order\":\"o-2\",\"receipt\":\"r-2\"}");
        assertThat(workflows
                        .awaitExecution(workflow, "in_progress")
                        .at("/trigger/body/id")
                        .asString())
                .isEqualTo("o-1");
    }

    @Test
    void one_of_the_approvers_rejects_and_is_named() {
        String workflow = workflows.create("discount", """
                [{"id": "links", "type": "TRANSFORM", "output": {"no": "{{ waits.ask.approvers[1].reject_url }}"}},
                 {"id": "ask", "type": "APPROVAL", "message": "20 %?", "timeout": "P2D", "depends_on": ["links"],
                  "approvers": ["Ann", "{{ trigger.body.owner }}"]},
                 {"id": "grant", "type": "TRANSFORM", "output": {}, "depends_on": ["ask.approved"]},
                 {"id": "refuse", "type": "TRANSFORM", "output": {}, "depends_on": ["ask.rejected"]}]
                """);
        workflows.call("discount", Map.of("owner", "Bob"));
        JsonNode waiting = workflows.awaitExecution(workflow, "in_progress");
        URI reject = URI.create(waiting.at("/steps/0/output/no").asString());

        assertThat(Http.send("POST", reject, null, Map.of("decision", "rejected", "comment", "Too much."))
                        .status())
                .isEqualTo(202);

        JsonNode done = workflows.awaitExecution(workflow, "completed");
        assertThat(WebhookWorkflows.statuses(done)).isEqualTo("completed completed skipped completed");
        assertThat(done.at("/steps/1/output/by").asString()).isEqualTo("Bob");
        assertThat(done.at("/steps/1/output/comment").asString()).isEqualTo("Too much.");
    }

    @Test
    void nobody_answers_in_time_and_the_authors_words_follow() {
        String workflow = workflows.create("late", """
                [{"id": "ask", "type": "APPROVAL", "message": "Well?", "timeout": "PT1S", "on_timeout": "reject"},
                 {"id": "call", "type": "WAIT_FOR_EVENT", "callback": true, "timeout": "PT1S", "on_timeout": "continue"},
                 {"id": "fail", "type": "WAIT_FOR_EVENT", "callback": true, "timeout": "PT1S", "on_error": "continue"},
                 {"id": "refused", "type": "TRANSFORM", "output": {}, "depends_on": ["ask.rejected", "call", "fail"]}]
                """);
        workflows.call("late", Map.of());

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(WebhookWorkflows.statuses(done)).isEqualTo("completed completed failed completed");
        assertThat(done.at("/steps/0/output/timed_out").asBoolean()).isTrue();
        assertThat(done.at("/steps/2/attempts/0/error/code").asString()).isEqualTo("timed_out");
    }

    @Test
    void items_that_take_too_long_are_given_up_and_another_way_is_taken() {
        String workflow = workflows.create("slow-items", """
                [{"id": "each", "type": "FOR_EACH", "items": [1, 2, 3], "concurrency": 2, "timeout": "PT2S",
                  "on_error": {"go_to": "late"},
                  "steps": [{"id": "wait", "type": "DELAY", "duration": "P30D"}]},
                 {"id": "late", "type": "TRANSFORM", "output": {"why": "{{ steps.each.error.code }}"}}]
                """);
        workflows.call("slow-items", Map.of());

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(WebhookWorkflows.statuses(done)).isEqualTo("failed completed");
        assertThat(done.at("/steps/1/output/why").asString()).isEqualTo("timed_out");
        await("the items under way are cancelled, the third is never started")
                .atMost(SOON)
                .until(() -> tenant.executions(workflow).stream()
                                .filter(each -> each.path("status").asString().equals("cancelled"))
                                .count()
                        == 2);
    }
}
