package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What people do when something went wrong: be told, redrive, cancel. */
@ExtendWith(FleetExtension.class)
class RecoveryJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Tenant tenant;

    RecoveryJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Recovery").connected();
    }

    @Test
    void a_failure_starts_the_workflow_that_listens_to_failures() {
        String leads = tenant.workflow(Workflows.seed(tenant.formId()));
        String alarm = tenant.workflow(Workflows.alarm(Map.of("workflow_ids", List.of(leads)), echo("/echo/alarm")));
        String everyAlarm = tenant.workflow(Workflows.alarm(Map.of(), echo("/echo/every-alarm")));
        awaitSubscribed(alarm);
        awaitSubscribed(everyAlarm);
        TestLead lead = refused();

        tenant.deliver(TestLead.delivery(lead));

        JsonNode failed = awaitExecution(leads, "failed");
        for (String listening : List.of(alarm, everyAlarm)) {
            JsonNode told = awaitExecution(listening, "completed");
            assertThat(told.path("trigger_type").asString()).isEqualTo("ERROR");
            // What the simulator got, as it answers it.
            JsonNode arrived = told.at("/steps/0/output/body/body");
            assertThat(arrived.path("execution").asString())
                    .isEqualTo(failed.path("execution_id").asString());
            assertThat(arrived.path("code").asString()).isEqualTo("invalid_email");
            assertThat(arrived.path("email").asString()).isEqualTo("not-an-address");
        }
    }

    @Test
    void a_dead_letter_is_redriven_on_the_mended_workflow_and_the_lead_arrives() {
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        awaitSubscribed(workflow);
        TestLead lead = tenant.lead();
        tenant.control("/control/faults/crm", Map.of("status", 422, "times", 1, "match", lead.email()));
        tenant.deliver(TestLead.delivery(lead));
        JsonNode failed = awaitExecution(workflow, "failed");
        JsonNode letter = awaitDeadLetter(failed);

        Http.Answer redriven = tenant.call(
                "POST",
                "/v1/dead-letters:redrive",
                Map.of("filter", Map.of("workflow_id", workflow), "version", "newest"));

        assertThat(redriven.status()).isEqualTo(200);
        assertThat(redriven.body().path("done").asInt()).isEqualTo(1);
        JsonNode now =
                tenant.get("/v1/dead-letters/" + letter.path("id").asString()).body();
        assertThat(now.path("status").asString()).isEqualTo("redriven");
        String anew = now.at("/resolution/execution_id").asString();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(tenant.execution(anew).path("status").asString())
                                .isEqualTo("completed"));
        assertThat(tenant.execution(anew).path("redrive_of").asString())
                .isEqualTo(failed.path("execution_id").asString());
        assertThat(tenant.contacts(lead.email())).hasSize(1);
        assertThat(tenant.messages(lead.phone())).hasSize(1);
    }

    @Test
    void an_execution_that_waits_is_cancelled_and_does_nothing_more() {
        String workflow = tenant.workflow(Workflows.afterDelay(tenant.formId(), "PT2H"));
        awaitSubscribed(workflow);
        tenant.deliver(TestLead.delivery(tenant.lead()));
        String id = awaitExecution(workflow, "in_progress").path("execution_id").asString();

        Http.Answer cancelled = tenant.call("POST", "/v1/executions/" + id + ":cancel", Map.of("reason", "a test"));

        assertThat(cancelled.status()).isEqualTo(200);
        JsonNode execution = awaitExecution(workflow, "cancelled");
        assertThat(execution.at("/cancellation/reason").asString()).isEqualTo("a test");
        assertThat(execution.at("/steps/0/status").asString()).isEqualTo("cancelled");
        assertThat(execution.at("/steps/1/status").asString()).isEqualTo("skipped");
    }

    @Test
    void a_short_delay_passes_and_what_comes_after_it_is_done() {
        String workflow = tenant.workflow(Workflows.afterDelay(tenant.formId(), "PT1S"));
        awaitSubscribed(workflow);
        TestLead lead = tenant.lead();
        tenant.deliver(TestLead.delivery(lead));

        awaitExecution(workflow, "completed");
        assertThat(tenant.contacts(lead.email())).hasSize(1);
    }

    private String echo(String path) {
        return fleet.simulator(path).toString();
    }

    private TestLead refused() {
        return tenant.lead(Map.of("email", "not-an-address", "full_name", "Joe", "phone_number", "+16502530001"));
    }

    /** A published workflow is known to the trigger-service within two seconds. */
    private void awaitSubscribed(String workflow) {
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(workflow));
    }

    private JsonNode awaitExecution(String workflow, String status) {
        JsonNode found = await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> tenant.executions(workflow).stream()
                                .filter(each -> each.path("status").asString().equals(status))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return tenant.execution(found.path("execution_id").asString());
    }

    private JsonNode awaitDeadLetter(JsonNode execution) {
        String id = execution.path("execution_id").asString();
        return await().atMost(SOON)
                .until(
                        () -> tenant.deadLetters().stream()
                                .filter(letter ->
                                        letter.path("execution_id").asString().equals(id))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
