package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Callers who wait for the outcome. The test writes what the dispatcher would. */
class WebhookAnswerTest extends TriggerScene {
    private static final String WAITING = "engine.trigger.webhook.waiting";

    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        senders.close();
    }

    @Test
    void who_waits_gets_what_the_last_steps_gave() {
        WorkflowId workflow = publish(answering("PT20S"));
        CompletableFuture<RestTestClient.ResponseSpec> answer = call("k1");
        awaitWaiting(1);
        ended(org, execution(workflow, "k1"), "completed", "completed");

        answer.join()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("completed")
                .jsonPath("$.execution_id")
                .isEqualTo(execution(workflow, "k1").value())
                .jsonPath("$.outputs.last.id")
                .isEqualTo("c-17")
                .jsonPath("$.outputs.first")
                .doesNotExist();
        awaitWaiting(0);
    }

    @Test
    void an_outcome_that_was_there_before_is_answered_too() {
        WorkflowId workflow = publish(answering("PT20S"));
        ended(org, execution(workflow, "k2"), "filtered", "skipped");
        call("k2")
                .join()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("filtered");
    }

    @Test
    void a_failure_is_a_problem_that_names_the_step_and_nothing_of_the_data() {
        WorkflowId workflow = publish(answering("PT20S"));
        ended(org, execution(workflow, "k3"), "failed", "failed");
        call("k3")
                .join()
                .expectStatus()
                .isEqualTo(422)
                .expectBody(String.class)
                .value(body -> assertThat(body)
                        .contains("workflow-failed", "at step last.")
                        .doesNotContain("joe@example.com"));
        ended(org, execution(workflow, "k4"), "cancelled", "cancelled");
        call("k4").join().expectStatus().isEqualTo(409);
    }

    @Test
    void who_has_waited_long_enough_is_told_where_to_look() {
        WorkflowId workflow = publish(answering("PT0.3S"));
        ended(OrgId.random(), execution(workflow, "k5"), "completed", "completed");
        Instant before = Instant.now();

        call("k5")
                .join()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/v1/executions/" + execution(workflow, "k5"))
                .expectBody()
                .jsonPath("$.status_url")
                .isEqualTo("/v1/executions/" + execution(workflow, "k5"));

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(250));
        assertThat(onlyEvent().getString("subject")).isEqualTo("k5");
    }

    @Test
    void no_more_wait_than_there_is_room_for_and_all_calls_are_taken() {
        WorkflowId workflow = publish(answering("PT20S"));
        List<CompletableFuture<RestTestClient.ResponseSpec>> waiting = List.of(call("k6"), call("k7"));
        awaitWaiting(2);
        double before = meters.counter("engine.trigger.webhook.not.waited").count();

        call("k8").join().expectStatus().isAccepted();

        assertThat(meters.counter("engine.trigger.webhook.not.waited").count()).isEqualTo(before + 1);
        ended(org, execution(workflow, "k6"), "completed", "completed");
        ended(org, execution(workflow, "k7"), "completed", "completed");
        waiting.forEach(answer -> answer.join().expectStatus().isOk());
        await().atMost(SOON).until(() -> events().size() == 3);
    }

    private static Trigger answering(String within) {
        return new Trigger(
                Trigger.WEBHOOK, Map.of("path", "ask", "respond", Map.of("with", "result", "within", within)), null);
    }

    private CompletableFuture<RestTestClient.ResponseSpec> call(String key) {
        return CompletableFuture.supplyAsync(
                () -> gateway(null)
                        .post()
                        .uri("/webhooks/" + org + "/ask")
                        .header("Idempotency-Key", key)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body("{}")
                        .exchange(),
                senders);
    }

    private ExecutionId execution(WorkflowId workflow, String key) {
        return ExecutionId.of(EventId.of(org, "/webhooks/ask", key), workflow);
    }

    private void ended(OrgId owner, ExecutionId execution, String status, String last) {
        mongo.getCollection("executions")
                .insertOne(new Document("_id", execution.value())
                        .append("org_id", owner.value())
                        .append("status", status)
                        .append("last_steps", List.of("last"))
                        .append(
                                "steps",
                                new Document("first", step("completed", "c-1")).append("last", step(last, "c-17"))));
    }

    private static Document step(String status, String id) {
        return new Document("status", status)
                .append("output", new Document("id", id))
                .append("attempts", List.of(new Document("error", new Document("message", "no joe@example.com"))));
    }

    private void awaitWaiting(int many) {
        await().atMost(SOON).until(() -> meters.get(WAITING).gauge().value() == many);
    }
}
