package dev.automationengine.benchmarks;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.EngineClient;
import dev.automationengine.localstack.demo.SeedWorkflow;
import dev.automationengine.localstack.simulator.DemoAccounts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An organization made for one run, with the seed workflow on a lead form of its own: no other workflow of the fleet
 * gets its leads, and its executions are those of the run. Closing it switches the workflow off.
 *
 * @param engine speaks with the organization's key
 * @param workflowId its workflow
 * @param formId its lead form
 */
record BenchOrganization(EngineClient engine, String workflowId, String formId) implements AutoCloseable {
    static BenchOrganization create(DemoFile fleet, String bootstrapToken, Instant now) {
        URI gateway = URI.create(fleet.baseUrl());
        JsonNode created = new EngineClient(gateway, bootstrapToken)
                .post("/v1/organizations", Map.of("name", "Benchmark " + now), 201);
        EngineClient engine =
                new EngineClient(gateway, created.path("api_key").path("key").asString());
        String formId = Long.toString(now.toEpochMilli());
        // Before the workflow: the first sweep follows at once, and of an unknown form it would fail.
        new EngineClient(URI.create(fleet.simulatorUrl()), "")
                .put(
                        "/control/leads",
                        Map.of("forms", List.of(Map.of("page_id", DemoAccounts.PAGE, "form_id", formId))));
        String workflowId = new SeedWorkflow(engine, fleet.crmUrl(), formId).ensure();
        return new BenchOrganization(engine, workflowId, formId);
    }

    /** Otherwise the fleet would sweep the form for ever. */
    @Override
    public void close() {
        engine.post("/v1/workflows/" + workflowId + ":deactivate", Map.of(), 200);
    }

    @Override
    public String toString() {
        return "BenchOrganization[" + workflowId + "]";
    }
}
