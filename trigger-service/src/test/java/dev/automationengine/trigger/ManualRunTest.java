package dev.automationengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.Trigger;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Runs that somebody asks for. */
class ManualRunTest extends TriggerScene {
    private static final Trigger MANUAL = new Trigger(
            Trigger.MANUAL,
            Map.of(
                    "input_schema",
                    Map.of(
                            "type", "object",
                            "required", List.of("email"),
                            "properties", Map.of("email", Map.of("type", "string"), "n", Map.of("type", "integer")))),
            null);

    @Test
    void a_run_is_answered_with_the_ids_that_it_will_have_and_becomes_an_event_for_that_workflow() {
        WorkflowId workflow = publish(MANUAL);
        EventId event = EventId.of(org, "/workflows/" + workflow + "/runs", "key-1");
        String execution = ExecutionId.of(event, workflow).value();

        run(org, workflow, "\"key-1\"", "{\"input\":{\"email\":\"joe@example.com\"}}")
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/v1/executions/" + execution)
                .expectBody()
                .jsonPath("$.event_id")
                .isEqualTo(event.value())
                .jsonPath("$.execution_id")
                .isEqualTo(execution);

        Document stored = onlyEvent();
        assertThat(stored.getString("_id")).isEqualTo(event.value());
        assertThat(stored.getString("trigger_type")).isEqualTo("MANUAL");
        assertThat(Document.parse(stored.getString("data")))
                .containsEntry("workflow_id", workflow.value())
                .containsEntry("payload", new Document("email", "joe@example.com"));
    }

    @Test
    void the_same_key_twice_is_one_event_and_no_key_is_a_run_each_time() {
        WorkflowId workflow = publish(new Trigger(Trigger.META_LEAD_AD, Map.of("form_id", "1"), null));
        run(org, workflow, "k", "{}").expectStatus().isAccepted();
        run(org, workflow, "k", "").expectStatus().isAccepted();
        run(org, workflow, null, "").expectStatus().isAccepted();
        run(org, workflow, null, "{\"input\":{}}").expectStatus().isAccepted();

        await().atMost(SOON).untilAsserted(() -> assertThat(events()).hasSizeGreaterThanOrEqualTo(3));
        assertThat(events()).hasSize(3);
    }

    @Test
    void an_input_that_does_not_fit_is_refused_with_all_that_is_wrong_and_leaves_nothing() {
        WorkflowId workflow = publish(MANUAL);
        run(org, workflow, null, "{\"input\":{\"n\":\"many\"}}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[*].pointer")
                .value(List.class, found -> assertThat(found).hasSize(2).contains("/input/n", "/input/email"));
        for (String body : List.of("[]", "{\"input\":7}", "{\"inputs\":{}}", "{\"input\":")) {
            run(org, workflow, null, body).expectStatus().isBadRequest();
        }
        run(org, workflow, "x".repeat(256), "{\"input\":{\"email\":\"a\"}}")
                .expectStatus()
                .isBadRequest();
        assertThat(events()).isEmpty();
    }

    @Test
    void what_is_not_there_or_another_organizations_or_switched_off_is_not_run() {
        WorkflowId workflow = publish(MANUAL);
        WorkflowId switchedOff = publish(MANUAL, false);

        run(OrgId.random(), workflow, null, "{}").expectStatus().isNotFound();
        run(org, WorkflowId.random(), null, "{}").expectStatus().isNotFound();
        run(org, switchedOff, null, "{}").expectStatus().isEqualTo(409);
        run(null, workflow, null, "{}").expectStatus().isForbidden();
        assertThat(events()).isEmpty();
    }

    private RestTestClient.ResponseSpec run(
            @Nullable OrgId caller, WorkflowId workflow, @Nullable String key, String body) {
        return gateway(caller)
                .post()
                .uri("/v1/workflows/" + workflow + ":run")
                .headers(headers -> {
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
