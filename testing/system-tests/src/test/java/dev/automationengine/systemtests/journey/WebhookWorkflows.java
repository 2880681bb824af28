package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Workflows that a webhook starts, and what became of them. In steps ECHO stands for a URL that answers what it gets. */
record WebhookWorkflows(Fleet fleet, Tenant tenant) {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Makes a workflow that listens to a path, and returns when it does. */
    String create(String path, String steps) {
        String id = tenant.workflow(Json.MAPPER.readTree(document(path, steps)));
        awaitSubscription(id);
        return id;
    }

    /** Returns when the trigger-service knows of the workflow. */
    void awaitSubscription(String workflow) {
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(workflow));
    }

    String document(String path, String steps) {
        return """
                {"name": "%s", "is_active": true, "trigger": {"type": "WEBHOOK", "config": {"path": "%s"}}, "steps": %s}
                """.formatted(
                path, path, steps.replace("ECHO", fleet.simulator("/echo").toString()));
    }

    void call(String path, Object body) {
        Http.Answer answer = Http.send("POST", fleet.api("/webhooks/" + tenant.id() + "/" + path), null, body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 202);
    }

    /** The newest execution of a workflow that has come to a status, those of items left out. */
    JsonNode awaitExecution(String workflow, String status) {
        JsonNode found = await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> tenant.executions(workflow).stream()
                                .filter(each -> each.path("status").asString().equals(status))
                                .filter(each ->
                                        !each.path("trigger_type").asString().equals("FOR_EACH"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return tenant.execution(found.path("execution_id").asString());
    }

    /** Returns when this many executions of a workflow have completed, and no more. */
    void awaitCompleted(String workflow, int executions) {
        await().atMost(Duration.ofSeconds(90)).until(() -> completed(workflow) == executions);
    }

    /** How many executions of a workflow have completed, of the newest 200. */
    int completed(String workflow) {
        return tenant.get("/v1/executions?limit=200&status=completed&workflow_id=" + workflow)
                .body()
                .required("items")
                .size();
    }

    /** How the steps of an execution stand, in their order. */
    static String statuses(JsonNode execution) {
        return String.join(
                " ",
                execution
                        .required("steps")
                        .valueStream()
                        .map(step -> step.path("status").asString())
                        .toList());
    }
}
