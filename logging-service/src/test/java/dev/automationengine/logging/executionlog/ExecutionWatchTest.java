package dev.automationengine.logging.executionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.topic.Topic;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Executions as people look at them while they run, through the real service. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "engine.topics.owner=DISPATCHER",
            "engine.execution-watch.max-watchers=1",
            "engine.execution-watch.poll=20ms",
            "engine.execution-watch.heartbeat=100ms",
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
class ExecutionWatchTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final OrgId org = OrgId.random();

    @LocalServerPort
    private int port;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private JsonMapper json;

    @Test
    void a_watcher_sees_each_change_and_the_end() throws Exception {
        publish("exec_w1", 1, ExecutionStatus.IN_PROGRESS);
        HttpResponse<Stream<String>> stream = open("exec_w1", 0, BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> lines;
        try (Stream<String> body = stream.body()) {
            // The second revision is published only when the first has been seen: nothing is held back.
            lines = body.peek(line -> {
                        if ("id: 1".equals(line)) {
                            publish("exec_w1", 2, ExecutionStatus.COMPLETED);
                        }
                    })
                    .filter(line -> line.startsWith("id:") || line.startsWith("event:"))
                    .toList();
        }
        assertThat(lines)
                .containsExactly("id: 1", "event: execution", "id: 2", "event: execution", "id: 2", "event: end");
    }

    @Test
    void a_watcher_that_comes_again_gets_what_it_has_not_seen_and_nothing_after_the_end() throws Exception {
        publish("exec_w2", 3, ExecutionStatus.FAILED);
        assertThat(open("exec_w2", 2, BodyHandlers.ofString()).body())
                .contains("id: 3", "\"status\":\"failed\"", "event: end");
        assertThat(open("exec_w2", 3, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    }

    @Test
    void a_silent_stream_beats_and_one_too_many_is_told_when_to_come_again() throws Exception {
        publish("exec_w3", 1, ExecutionStatus.IN_PROGRESS);
        try (InputStream first =
                        open("exec_w3", 1, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(first, StandardCharsets.UTF_8))) {
            assertThat(lines.lines().anyMatch(": still here"::equals)).isTrue();
            HttpResponse<String> refused = open("exec_w3", 1, BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        }
        publish("exec_w4", 1, ExecutionStatus.COMPLETED);
        // The place of a watcher that left is free again.
        await().until(() -> open("exec_w4", 0, BodyHandlers.ofString()).statusCode() == 200);
    }

    @Test
    void nobody_watches_another_organizations_execution() throws Exception {
        publish("exec_w5", 1, ExecutionStatus.COMPLETED);
        assertThat(get("/v1/executions/exec_w5/events", OrgId.random(), 0, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_timeline_tells_what_happened_in_order() throws Exception {
        publish("exec_t1", 1, ExecutionStatus.FAILED);
        JsonNode items = json.readTree(get("/v1/executions/exec_t1/timeline", org, 0, BodyHandlers.ofString())
                        .body())
                .at("/items");
        assertThat(items.valueStream().map(item -> item.at("/kind").asString()))
                .containsExactly(
                        "execution_recorded", "step_started", "attempt_failed", "step_ended", "execution_ended");
        assertThat(items.at("/2/error/code").asString()).isEqualTo("400");
        assertThat(items.at("/3/step_id").asString()).isEqualTo("step_2");
        assertThat(items.at("/4/status").asString()).isEqualTo("failed");
    }

    @Test
    void executions_are_found_by_their_event_and_by_the_type_of_their_trigger() throws Exception {
        publish("exec_q1", 1, ExecutionStatus.COMPLETED);
        assertThat(found("event_id=evt_1")).isEqualTo(1);
        assertThat(found("event_id=evt_2")).isZero();
        assertThat(found("trigger_type=META_LEAD_AD&event_id=evt_1")).isEqualTo(1);
        assertThat(found("trigger_type=WEBHOOK")).isZero();
    }

    @Test
    void who_may_not_see_people_sees_what_happened_without_them() throws Exception {
        facts.publish(List.of(
                new Fact(Topic.EXECUTION_LOGS, "exec_m1", Snapshots.of(org, "exec_m1", 1, ExecutionStatus.FAILED))));
        String one = "/v1/executions/exec_m1";
        await().until(() -> get(one, org, 0, BodyHandlers.ofString()).statusCode() == 200);
        assertThat(get(one, org, 0, BodyHandlers.ofString()).body()).contains("joe@example.com");

        for (String path : List.of(one, one + "/events", one + "/timeline", "/v1/executions?event_id=evt_1")) {
            HttpResponse<String> masked = get(path, org, 0, InternalTokens.SCOPE_MASKED_API, BodyHandlers.ofString());
            assertThat(masked.statusCode()).isEqualTo(200);
            assertThat(masked.body()).contains("failed").doesNotContain("joe@");
        }
        JsonNode masked = json.readTree(get(one, org, 0, InternalTokens.SCOPE_MASKED_API, BodyHandlers.ofString())
                .body());
        assertThat(masked.at("/trigger/email").asString()).isEqualTo("***");
        assertThat(masked.at("/execution_id").asString()).isEqualTo("exec_m1");
        assertThat(masked.at("/created_at").asString()).isEqualTo(Snapshots.CREATED.toString());
    }

    private int found(String query) throws Exception {
        return json.readTree(get("/v1/executions?" + query, org, 0, BodyHandlers.ofString())
                        .body())
                .at("/items")
                .size();
    }

    private void publish(String id, long rev, ExecutionStatus status) {
        facts.publish(List.of(new Fact(
                Topic.EXECUTION_LOGS,
                id,
                Snapshots.of(org, id, rev, status, Snapshots.CREATED, "wf_1", Map.of("k", "v")))));
        await().until(() -> {
            String body =
                    get("/v1/executions/" + id, org, 0, BodyHandlers.ofString()).body();
            return json.readTree(body).at("/rev").asLong() == rev;
        });
    }

    private <T> HttpResponse<T> open(String id, long seen, HttpResponse.BodyHandler<T> handler) throws Exception {
        return get("/v1/executions/" + id + "/events", org, seen, handler);
    }

    private <T> HttpResponse<T> get(String path, OrgId caller, long seen, HttpResponse.BodyHandler<T> handler)
            throws Exception {
        return get(path, caller, seen, InternalTokens.SCOPE_API, handler);
    }

    private <T> HttpResponse<T> get(
            String path, OrgId caller, long seen, String scope, HttpResponse.BodyHandler<T> handler) throws Exception {
        String token = tokens.mint("key_1", caller, scope);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/event-stream, application/json")
                .header("Authorization", "Bearer " + token);
        if (seen > 0) {
            request.header("Last-Event-ID", Long.toString(seen));
        }
        return client.send(request.build(), handler);
    }
}
