package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** More events than the plan has executions, while dispatchers die: held, not lost, and carried out once in the end. */
@ExtendWith(FleetExtension.class)
class QuotaJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = 40;
    private static final int BURST = 20;

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    QuotaJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Limited").connected();
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @Test
    void what_is_beyond_the_plan_outlives_dispatchers_and_is_carried_out_once_when_there_is_room() {
        fleet.plan(tenant, "team");
        String workflow = workflows.create("limited", """
                [{"id": "crm", "type": "ACTION", "action": "CRM_INSERT",
                  "config": {"field_mapping": {"email": "{{ trigger.body.email }}"}}}]
                """);
        List<String> people = IntStream.range(0, EVENTS)
                .mapToObj(i -> "limited" + i + "@example.com")
                .toList();
        for (int i = 0; i < EVENTS; i++) {
            workflows.call("limited", Map.of("email", people.get(i)));
            if (i % BURST == BURST / 2) {
                fleet.engine("kill", "dispatcher-service");
            }
            if (i % BURST == BURST - 1) {
                fleet.engine("restart", "dispatcher-service");
            }
        }

        await().atMost(SOON).until(() -> tenant.executions(workflow).size() == EVENTS);
        await().atMost(SOON)
                .until(() ->
                        workflows.completed(workflow) + usage().path("held").asInt() == EVENTS);
        // A dispatcher that died may have counted a batch that it did not store: never more than the plan, at times
        // fewer.
        assertThat(workflows.completed(workflow)).isPositive().isLessThanOrEqualTo(Fleet.TEAM_EXECUTIONS);
        assertThat(usage().path("limit").asInt()).isEqualTo(Fleet.TEAM_EXECUTIONS);

        fleet.plan(tenant, "business");
        fleet.engine("kill", "dispatcher-service");
        fleet.engine("restart", "dispatcher-service");

        workflows.awaitCompleted(workflow, EVENTS);
        await().atMost(SOON).until(() -> usage().path("held").asInt() == 0);
        assertThat(people)
                .allSatisfy(
                        email -> assertThat(tenant.contacts(email)).as(email).hasSize(1));
        assertThat(tenant.deadLetters()).isEmpty();
    }

    private JsonNode usage() {
        return tenant.get("/v1/usage").body().required("executions");
    }
}
