package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What people run by hand, through the whole fleet: a test, one step, again, and past events. */
@ExtendWith(FleetExtension.class)
class RunByHandJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Tenant tenant;

    RunByHandJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("By hand");
    }

    @Test
    void from_a_test_without_effects_to_past_events_through_another_version() {
        String workflow = tenant.workflow(Json.MAPPER.readTree(document(10)));
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(workflow));

        JsonNode tested = post(
                "/v1/workflows/" + workflow + ":test", Map.of("payload", Map.of("body", Map.of("budget", 50))), 200);
        assertThat(tested.path("status").asString()).isEqualTo("completed");
        assertThat(tested.at("/steps/1/input/body/budget").asInt()).isEqualTo(50);
        assertThat(tenant.executions(workflow)).isEmpty();

        JsonNode tried = post(
                "/v1/workflows/" + workflow + ":test-step",
                Map.of(
                        "step",
                        "send",
                        "confirm_effects",
                        true,
                        "context",
                        Map.of("trigger", Map.of("body", Map.of("budget", 7)))),
                202);
        JsonNode sent = awaitEnd(tried.path("execution_id").asString());
        assertThat(sent.at("/steps/0/output/body/body/budget").asInt()).isEqualTo(7);

        call(50);
        String first =
                awaitExecutions(workflow, 1).getFirst().path("execution_id").asString();
        JsonNode again = post("/v1/executions/" + first + ":rerun", Map.of(), 202);
        JsonNode rerun = awaitEnd(again.path("execution_id").asString());
        assertThat(rerun.path("status").asString()).isEqualTo("completed");
        assertThat(rerun.path("rerun_of").asString()).isEqualTo(first);

        assertThat(tenant.call("PUT", "/v1/workflows/" + workflow, Json.MAPPER.readTree(document(100)))
                        .status())
                .isEqualTo(200);
        String from = Instant.now().minus(Duration.ofHours(1)).toString();
        JsonNode shadow =
                awaitReplay(post("/v1/workflows/" + workflow + ":replay", Map.of("from", from, "mode", "shadow"), 202));
        assertThat(shadow.at("/progress/different").asInt()).isEqualTo(1);
        assertThat(shadow.at("/progress/differences").toString()).contains("\"would\":\"filtered\"");

        JsonNode live = awaitReplay(post(
                "/v1/workflows/" + workflow + ":replay",
                Map.of("from", from, "mode", "live", "version", 1, "confirm_effects", true),
                202));
        assertThat(live.at("/progress/started").asInt()).isEqualTo(1);
        JsonNode result = tenant.get("/v1/replays/" + live.path("id").asString() + "/results")
                .body()
                .at("/items/0");
        assertThat(awaitEnd(result.path("execution_id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("completed");
    }

    private String document(int budget) {
        return """
                {"name": "By hand", "is_active": true, "trigger": {"type": "WEBHOOK", "config": {"path": "hand"}}, "steps": [
                 {"id": "rich", "type": "FILTER", "condition": {"field": "body.budget", "operator": "GT", "value": %d}},
                 {"id": "send", "type": "ACTION", "action": "HTTP_REQUEST", "depends_on": ["rich"],
                  "config": {"method": "POST", "url": "%s/hand", "body": {"budget": "{{ trigger.body.budget }}"}}}]}
                """.formatted(budget, fleet.simulator("/echo"));
    }

    private void call(int budget) {
        Http.Answer answer =
                Http.send("POST", fleet.api("/webhooks/" + tenant.id() + "/hand"), null, Map.of("budget", budget));
        assertThat(answer.status()).isBetween(200, 202);
    }

    private JsonNode post(String path, Object body, int status) {
        Http.Answer answer = tenant.call("POST", path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.body();
    }

    private List<JsonNode> awaitExecutions(String workflow, int count) {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> tenant.executions(workflow).stream()
                                .filter(each -> each.path("status").asString().equals("completed"))
                                .toList(),
                        found -> found.size() == count);
    }

    private JsonNode awaitEnd(String execution) {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> tenant.execution(execution),
                        found -> List.of("completed", "failed", "filtered")
                                .contains(found.path("status").asString()));
    }

    private JsonNode awaitReplay(JsonNode replay) {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> tenant.get("/v1/replays/" + replay.path("id").asString())
                                .body(),
                        found -> !found.path("status").asString().equals("running"));
    }
}
