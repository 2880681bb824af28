package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.simulator.MetaSignature;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an operator needs of each service. */
@ExtendWith(FleetExtension.class)
class OperationsTest {
    private final Fleet fleet;

    OperationsTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-gateway",
                "trigger-service",
                "polling-service",
                "dispatcher-service",
                "scheduler-service",
                "worker-service",
                "logging-service"
            })
    void every_service_tells_its_health_and_its_metrics_and_refuses_who_comes_past_the_gateway(String service) {
        Http.Answer health = Http.send("GET", fleet.service(service, "/health"), null, null);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().at("/components/mongo/status").asString()).isEqualTo("UP");
        assertThat(Http.send("GET", fleet.service(service, "/livez"), null, null)
                        .status())
                .isEqualTo(200);
        assertThat(Http.send("GET", fleet.service(service, "/readyz"), null, null)
                        .status())
                .isEqualTo(200);
        assertThat(Http.send("GET", fleet.service(service, "/actuator/prometheus"), null, null)
                        .text())
                .contains("jvm_memory_used_bytes")
                .contains("service=\"" + service + "\"");
        assertThat(Http.send("GET", fleet.service(service, "/v1/anything"), null, null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void one_trace_leads_through_all_services() {
        Tenant tenant = fleet.tenant("Traced").connected();
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        // Found by a sweep, it would have a trace of its own.
        TestLead refused = tenant.oldLead();
        tenant.control("/control/faults/crm", Map.of("status", 422, "times", 1, "match", refused.email()));
        String body = TestLead.delivery(refused);
        String signature = MetaSignature.sha256(fleet.text("meta_app_secret"), body.getBytes(StandardCharsets.UTF_8));

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    Http.post(
                            fleet.webhook(),
                            body,
                            Map.of(
                                    "X-Hub-Signature-256",
                                    signature,
                                    "traceparent",
                                    "00-" + traceId + "-00f067aa0ba902b7-01"));
                    assertThat(tenant.executions(workflow))
                            .anySatisfy(
                                    e -> assertThat(e.path("status").asString()).isEqualTo("failed"));
                });

        JsonNode execution = tenant.execution(
                tenant.executions(workflow).getFirst().path("execution_id").asString());
        assertThat(execution.path("traceparent").asString()).contains(traceId);
        String executionId = execution.path("execution_id").asString();
        List<JsonNode> lines = fleet.log("worker-service").stream()
                .filter(line -> line.startsWith("{") && line.contains(executionId))
                .map(Json.MAPPER::readTree)
                .toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("traceId").asString()).isEqualTo(traceId);
            assertThat(line.path("org_id").asString()).isEqualTo(tenant.id());
            assertThat(line.path("step_id").asString()).isEqualTo("step_2");
        });
    }

    @Test
    void no_secret_and_no_personal_data_is_in_any_log() {
        Tenant tenant = fleet.tenant("Private").connected();
        String workflow = tenant.workflow(Workflows.seed(tenant.formId()));
        TestLead lead = tenant.lead();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    tenant.deliver(TestLead.delivery(lead));
                    assertThat(tenant.executions(workflow))
                            .anySatisfy(
                                    e -> assertThat(e.path("status").asString()).isEqualTo("completed"));
                });

        for (String service :
                List.of("api-gateway", "trigger-service", "dispatcher-service", "worker-service", "logging-service")) {
            assertThat(String.join("\n", fleet.log(service)))
                    .as(service)
                    .doesNotContain(lead.email(), lead.phone(), fleet.text("meta_app_secret"));
        }
    }
}
