package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.net.http.HttpResponse;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Executions that people run again, and steps that they try for real. */
class RerunTest extends DispatcherScene {
    private static final StepError REJECTED =
            new StepError(ErrorClass.REJECTED, "invalid_email", "No.", 422, null, null, "Mend it.");

    @Test
    void a_rerun_does_everything_again_as_a_new_execution_with_effects_of_its_own() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId done = run(workflow);

        HttpResponse<String> answer = rest().post("/v1/executions/" + done + ":rerun", "{}");

        assertThat(answer.statusCode()).isEqualTo(202);
        ClaimedJob job = claim();
        ExecutionId again = job.id().execution();
        assertThat(again).isNotEqualTo(done);
        assertThat(answer.headers().firstValue("Location")).contains("/v1/executions/" + again);
        assertThat(job.id().step().value()).isEqualTo("step_2");
        assertThat(work(again, "step_2").getString("effect_key")).isEqualTo(again + ":step_2");
        ExecutionSnapshot snapshot = snapshot(again, ExecutionStatus.IN_PROGRESS);
        assertThat(snapshot.rerunOf()).isEqualTo(done);
        assertThat(snapshot.redriveOf()).isNull();
        assertThat(execution(done).getString("status")).isEqualTo("completed");
    }

    @Test
    void the_same_idempotency_key_runs_once_and_another_once_more() {
        ExecutionId done = run(create(Seed.JSON));
        String url = "/v1/executions/" + done + ":rerun";

        String first = String.valueOf(
                rest().postMap(url, "{}", "Idempotency-Key", "k-1").get("execution_id"));

        assertThat(rest().postMap(url, "{}", "Idempotency-Key", "k-1")).containsEntry("execution_id", first);
        assertThat(rest().postMap(url, "{}", "Idempotency-Key", "k-2")).doesNotContainEntry("execution_id", first);
        assertThat(executions()).isEqualTo(3);
        assertThat(claim().id()).isNotEqualTo(claim().id());
        assertThat(jobs(queue().claim("w", 10, PATIENCE))).isEmpty();
    }

    @Test
    void a_rerun_follows_the_newest_version_if_it_is_asked_to() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId done = run(workflow);
        rest().putMap("/v1/workflows/" + workflow, Seed.JSON.replace("\"name\": \"{{", "\"name\": \"Dear {{"));

        Map<String, Object> pinned = rest().postMap("/v1/executions/" + done + ":rerun", "{}");
        Map<String, Object> newest = rest().postMap("/v1/executions/" + done + ":rerun", "{\"version\": \"newest\"}");

        assertThat(pinned).containsEntry("workflow_version", 1);
        assertThat(newest).containsEntry("workflow_version", 2);
        ExecutionId id = new ExecutionId(String.valueOf(newest.get("execution_id")));
        assertThat(String.valueOf(work(id, "step_2").get("input"))).contains("Dear Joe");
    }

    @Test
    void what_failed_is_resumed_once_and_what_did_not_fail_is_not() {
        create(Seed.JSON);
        ExecutionId failed = start();
        report(new StepEvent.Completed(run(claim()), 201, Map.of("id", "c_1")));
        report(new StepEvent.Failed(run(claim()), REJECTED));
        snapshot(failed, ExecutionStatus.FAILED);

        Map<String, Object> resumed = rest().postMap("/v1/executions/" + failed + ":resume", "{}");

        assertThat(resumed)
                .containsEntry("execution_id", failed.redrive().value())
                .containsEntry("redrive_of", failed.value());
        assertThat(rest().postMap("/v1/executions/" + failed + ":resume", "{}")).isEqualTo(resumed);
        assertThat(claim().id().value()).isEqualTo(failed.redrive() + ":step_3:1");
        assertThat(rest().post("/v1/executions/" + failed.redrive() + ":resume", "{}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(rest().ofOrg(OrgId.random())
                        .post("/v1/executions/" + failed + ":rerun", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_step_is_tried_for_real_with_what_it_would_read() {
        WorkflowId workflow = create(Seed.JSON);
        String request = """
                {"step": "step_2", "confirm_effects": true,
                 "context": {"trigger": {"fields": {"email": "joe@example.com", "full_name": "{{ x }}"}}}}
                """;

        Map<String, Object> started =
                rest().postMap("/v1/workflows/" + workflow + ":test-step", request, "Idempotency-Key", "t-1");

        ClaimedJob job = claim();
        ExecutionId id = job.id().execution();
        assertThat(started).containsEntry("execution_id", id.value()).containsEntry("status", "in_progress");
        assertThat(work(id, "step_2").get("input", Document.class).get("field_mapping", Document.class))
                .containsEntry("email", "joe@example.com")
                .containsEntry("name", "{{ x }}");
        assertThat(execution(id).getString("trigger_type")).isEqualTo("TEST");
        assertThat(rest().postMap("/v1/workflows/" + workflow + ":test-step", request, "Idempotency-Key", "t-1"))
                .containsEntry("execution_id", id.value());
        String other = request.replace("joe@", "ann@");
        assertThat(rest().postMap("/v1/workflows/" + workflow + ":test-step", other, "Idempotency-Key", "t-1"))
                .containsEntry("status", 422);
        assertThat(ids(rest().getMap("/v1/workflows"))).containsExactly(workflow.value());
        report(new StepEvent.Failed(run(job), REJECTED));
        snapshot(id, ExecutionStatus.FAILED);
        assertThat(mongo().getCollection("dead_letters").countDocuments(new Document("org_id", org.value())))
                .isZero();
    }

    @Test
    void no_step_is_tried_without_a_word_on_effects_or_with_an_input_that_its_action_does_not_take() {
        String url = "/v1/workflows/" + create(Seed.JSON) + ":test-step";

        assertThat(rest().post(url, "{\"step\": \"step_2\", \"input\": {\"field_mapping\": {}}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(rest().post(url, "{\"step\": \"step_3\", \"confirm_effects\": true, \"input\": {\"too\": 1}}")
                        .body())
                .contains("/input/to", "/input/too");
        assertThat(rest().post(url, "{\"step\": \"step_1\", \"confirm_effects\": true}")
                        .body())
                .contains("acts at no third party");
        assertThat(executions()).isZero();
    }

    private ExecutionId start() {
        AutomationEvent event = lead(Map.of("email", "joe@example.com", "full_name", "Joe", "phone_number", "+49301"));
        publish(event);
        WorkflowId workflow = new WorkflowId(ids(rest().getMap("/v1/workflows")).getFirst());
        return ExecutionId.of(event.id(), workflow);
    }

    private ExecutionId run(WorkflowId workflow) {
        ExecutionId id = start();
        report(new StepEvent.Completed(run(claim()), 201, Map.of("id", "c_1")));
        report(new StepEvent.Completed(run(claim()), 200, Map.of()));
        snapshot(id, ExecutionStatus.COMPLETED);
        assertThat(execution(id).getString("workflow_id")).isEqualTo(workflow.value());
        return id;
    }

    private long executions() {
        return mongo().getCollection("executions").countDocuments(new Document("org_id", org.value()));
    }
}
