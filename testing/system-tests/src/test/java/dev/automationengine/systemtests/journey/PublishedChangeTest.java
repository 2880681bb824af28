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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change that is published reaches each service that acts on it within two seconds. */
@ExtendWith(FleetExtension.class)
class PublishedChangeTest {
    private static final Duration PROMISED = Duration.ofSeconds(2);
    private static final String STEPS = "[{\"id\": \"note\", \"type\": \"TRANSFORM\", \"output\": {\"n\": %d}}]";

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    PublishedChangeTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Changes").connected();
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @Test
    void the_trigger_service_opens_and_closes_the_path() {
        String workflow = tenant.workflow(Json.MAPPER.readTree(workflows.document("new-path", STEPS.formatted(1))));
        URI url = fleet.api("/webhooks/" + tenant.id() + "/new-path");
        within(() -> Http.send("POST", url, null, Map.of()).status() == 202);

        tenant.call("POST", "/v1/workflows/" + workflow + ":deactivate", Map.of());
        within(() -> Http.send("POST", url, null, Map.of()).status() == 404);
    }

    @Test
    void the_dispatcher_follows_the_next_version() {
        String workflow = workflows.create("next", STEPS.formatted(1));
        Http.Answer published = tenant.call(
                "PUT",
                "/v1/workflows/" + workflow,
                Json.MAPPER.readTree(workflows.document("next", STEPS.formatted(2))));
        assertThat(published.body().path("version").asInt()).isEqualTo(2);

        within(() -> {
            workflows.call("next", Map.of());
            return tenant.executions(workflow).stream()
                    .anyMatch(each -> each.path("workflow_version").asInt() == 2);
        });
    }

    @Test
    void the_scheduler_takes_the_schedule_and_gives_it_up() {
        String workflow = tenant.workflow(Map.of(
                "name",
                "New year",
                "is_active",
                true,
                "trigger",
                Map.of("type", "SCHEDULE", "config", Map.of("cron", "0 0 1 1 *", "time_zone", "Asia/Kolkata")),
                "steps",
                List.of(Map.of("id", "note", "type", "TRANSFORM", "output", Map.of()))));
        within(() -> tenant.get("/v1/schedules/" + workflow).status() == 200);

        tenant.call("DELETE", "/v1/workflows/" + workflow, Map.of());
        within(() -> tenant.get("/v1/schedules/" + workflow).status() == 404);
    }

    @Test
    void the_polling_service_knows_the_form() {
        double before = forms();
        tenant.workflow(Workflows.seed(tenant.form()));
        within(() -> forms() == before + 1);
    }

    private double forms() {
        return Http.send("GET", fleet.service("polling-service", "/actuator/prometheus"), null, null)
                .text()
                .lines()
                .filter(line -> line.startsWith("engine_polling_forms"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void within(Callable<Boolean> condition) {
        await().atMost(PROMISED).pollInterval(Duration.ofMillis(50)).until(condition);
    }
}
