package dev.automationengine.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Json;
import dev.automationengine.systemtests.fleet.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent to a webhook ends in an event that is carried out, or in a problem: never in a failure of ours, and
 * never in an event that was taken and that nobody can read.
 */
@ExtendWith(FleetExtension.class)
class WebhookFuzzTest {
    private static final int CALLS = 400;
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-16",
            "application/vnd.x+json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "multipart/form-data; boundary=x");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Fleet fleet;
    private final Tenant tenant;

    WebhookFuzzTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Fuzzed");
    }

    @Test
    void every_call_is_refused_with_a_problem_or_carried_out() throws Exception {
        long seed = Long.getLong("engine.fuzz.seed", System.nanoTime());
        HostileInput input = new HostileInput(new Random(seed));
        String workflow = listen("fuzz");
        Set<String> accepted = new HashSet<>();
        for (int i = 0; i < CALLS; i++) {
            HttpResponse<String> answer = call("fuzz", input.body(), input.oneOf(TYPES), null);
            assertThat(answer.statusCode())
                    .as("-Dengine.fuzz.seed=%d call %d: %s", seed, i, answer.body())
                    .isIn(202, 400);
            if (answer.statusCode() == 202) {
                accepted.add(
                        Json.MAPPER.readTree(answer.body()).required("event_id").asString());
            } else {
                assertThat(answer.body()).contains("\"errors\":[{\"pointer\":");
            }
        }

        assertThat(accepted).as("some of both").hasSizeBetween(CALLS / 10, CALLS - CALLS / 20);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(carriedOut(workflow))
                        .as("-Dengine.fuzz.seed=%d", seed)
                        .containsExactlyInAnyOrderElementsOf(accepted));
    }

    @Test
    void a_compressed_body_is_not_unpacked() throws Exception {
        listen("bomb");

        HttpResponse<String> answer = call("bomb", HostileInput.bomb(), "application/json", "gzip");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
    }

    /** The events whose executions have ended well. */
    private List<String> carriedOut(String workflow) {
        List<String> events = new ArrayList<>();
        String query = "/v1/executions?limit=200&status=completed&workflow_id=" + workflow;
        String cursor = "";
        do {
            JsonNode page = tenant.get(query + cursor).body();
            page.required("items")
                    .forEach(each -> events.add(each.path("event_id").asString()));
            cursor = page.path("next_cursor").isString()
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return events;
    }

    private String listen(String path) {
        String workflow = tenant.workflow(Json.MAPPER.readTree("""
                {"name": "%1$s", "is_active": true, "trigger": {"type": "WEBHOOK", "config": {"path": "%1$s"}},
                 "steps": [{"id": "copy", "type": "TRANSFORM", "output": {"of": "{{ trigger.body }}"}}]}
                """.formatted(path)));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> tenant.get("/v1/events/subscriptions").text().contains(workflow));
        return workflow;
    }

    private HttpResponse<String> call(String path, byte[] body, String type, @Nullable String encoding)
            throws Exception {
        URI url = fleet.api("/webhooks/" + tenant.id() + "/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
