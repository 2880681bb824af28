package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What people do with steps that failed for good, and with executions that they want to stop. */
class DeadLetterApiTest extends DispatcherScene {
    private static final StepError ERROR = new StepError(
            ErrorClass.REJECTED, "invalid_email", "The CRM refuses it.", 422, "POST /x", "no", "Mend it.");

    @Test
    void a_redrive_goes_on_from_the_step_that_failed_with_what_came_before() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId failed = failAtSecondAction(workflow);
        String letter = failed + ":step_3:1";

        Map<String, Object> redriven = rest().postMap("/v1/dead-letters/" + letter + ":redrive", "{}");

        assertThat(redriven).containsEntry("status", "redriven");
        ExecutionId anew = new ExecutionId(
                String.valueOf(((Map<?, ?>) Objects.requireNonNull(redriven.get("resolution"))).get("execution_id")));
        assertThat(anew).isEqualTo(failed.redrive());
        ClaimedJob job = claim();
        assertThat(job.id().value()).isEqualTo(anew + ":step_3:1");
        assertThat(job.rescued()).isFalse();
        assertThat(step(anew, "step_2").get("output", Document.class)).isEqualTo(new Document("id", "c_1"));
        assertThat(work(anew, "step_3").getString("effect_key")).isEqualTo(failed + ":step_3");
        report(new StepEvent.Completed(run(job), 200, Map.of()));
        ExecutionSnapshot done = snapshot(anew, ExecutionStatus.COMPLETED);
        assertThat(done.redriveOf()).isEqualTo(failed);
        assertThat(execution(failed).getString("status")).isEqualTo("failed");
    }

    @Test
    void a_redrive_that_is_asked_for_twice_or_was_cut_off_makes_one_execution() {
        ExecutionId failed = failAtSecondAction(create(Seed.JSON));
        String letter = failed + ":step_3:1";
        rest().post("/v1/dead-letters/" + letter + ":redrive", "{}");
        // As a dispatcher leaves it that dies before it marks the letter.
        mongo().getCollection("dead_letters")
                .updateOne(
                        new Document("_id", letter).append("org_id", org.value()),
                        new Document("$set", new Document("status", "open"))
                                .append("$unset", new Document("resolution", 1)));

        Map<String, Object> again = rest().postMap("/v1/dead-letters/" + letter + ":redrive", "{}");

        assertThat(again).containsEntry("status", "redriven");
        assertThat(mongo().getCollection("executions").countDocuments(new Document("org_id", org.value())))
                .isEqualTo(2);
        assertThat(claim().id().execution()).isEqualTo(failed.redrive());
        assertThat(jobs(queue().claim("w", 10, PATIENCE))).isEmpty();
    }

    @Test
    void a_redrive_on_the_newest_version_follows_what_the_author_mended() {
        WorkflowId workflow = create(Seed.JSON);
        ExecutionId failed = failAtSecondAction(workflow);
        rest().putMap("/v1/workflows/" + workflow, Seed.JSON.replace("lead_welcome", "lead_welcome_2"));

        rest().post("/v1/dead-letters/" + failed + ":step_3:1:redrive", "{\"version\":\"newest\"}");

        Document input = work(claim().id().execution(), "step_3").get("input", Document.class);
        assertThat(input.get("template", Document.class).getString("name")).isEqualTo("lead_welcome_2");
        assertThat(execution(failed.redrive()).getInteger("workflow_version")).isEqualTo(2);
    }

    @Test
    void many_are_redriven_by_filter_in_parts() {
        WorkflowId workflow = create(Seed.JSON);
        List<ExecutionId> failed =
                List.of(failAtSecondAction(workflow), failAtSecondAction(workflow), failAtSecondAction(workflow));
        String request = "{\"filter\":{\"workflow_id\":\"%s\",\"error_class\":\"rejected\","
                + "\"error_code\":\"invalid_email\",\"step_id\":\"step_3\"},\"limit\":2%s}";

        Map<String, Object> first = rest().postMap("/v1/dead-letters:redrive", request.formatted(workflow, ""));
        Map<String, Object> second = rest().postMap(
                        "/v1/dead-letters:redrive",
                        request.formatted(workflow, ",\"cursor\":\"" + first.get("next_cursor") + "\""));

        assertThat(first).containsEntry("done", 2);
        assertThat(second).containsEntry("done", 1).doesNotContainKey("next_cursor");
        assertThat(List.of(claim(), claim(), claim()))
                .extracting(job -> job.id().execution())
                .containsExactlyInAnyOrderElementsOf(
                        failed.stream().map(ExecutionId::redrive).toList());
        assertThat(items("?status=open")).isEmpty();
        assertThat(items("?status=redriven&error_class=rejected")).hasSize(3);
    }

    @Test
    void a_letter_that_is_discarded_rests_and_says_who_and_why() {
        ExecutionId failed = failAtSecondAction(create(Seed.JSON));
        String url = "/v1/dead-letters/" + failed + ":step_3:1";

        assertThat(rest().post(url + ":discard", "{\"reason\":\" \"}").statusCode())
                .isEqualTo(400);
        Map<String, Object> discarded = rest().postMap(url + ":discard", "{\"reason\":\"a test lead\"}");

        assertThat(discarded).containsEntry("status", "discarded");
        assertThat(String.valueOf(discarded.get("resolution"))).contains("a test lead", "by=test");
        assertThat(rest().post(url + ":redrive", "{}").statusCode()).isEqualTo(409);
        assertThat(rest().ofOrg(OrgId.random()).post(url + ":redrive", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void letters_are_found_by_when_they_were_recorded() {
        failAtSecondAction(create(Seed.JSON));

        assertThat(items("?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")).hasSize(1);
        assertThat(items("?to=2000-01-01T00:00:00Z")).isEmpty();
        assertThat(items("?from=2100-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void a_letter_whose_execution_is_forgotten_stays_open_and_says_why() {
        ExecutionId failed = failAtSecondAction(create(Seed.JSON));
        mongo().getCollection("executions")
                .deleteOne(new Document("_id", failed.value()).append("org_id", org.value()));

        assertThat(rest().post("/v1/dead-letters/" + failed + ":step_3:1:redrive", "{}")
                        .statusCode())
                .isEqualTo(409);
        Map<String, Object> many = rest().postMap("/v1/dead-letters:redrive", "{}");

        assertThat(many).containsEntry("done", 0);
        assertThat(String.valueOf(many.get("failures"))).contains(failed + ":step_3:1", "forgotten");
        assertThat(items("?status=open")).hasSize(1);
    }

    @Test
    void an_execution_is_cancelled_once_and_what_it_waited_for_is_given_up() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = lead(Map.of("email", "joe@example.com"));
        publish(event);
        ClaimedJob job = claim();
        String url = "/v1/executions/" + ExecutionId.of(event.id(), workflow) + ":cancel";

        Map<String, Object> cancelled = rest().postMap(url, "{\"reason\":\"a test lead\"}");

        assertThat(cancelled).containsEntry("status", "cancelled");
        ExecutionSnapshot told = snapshot(job.id().execution(), ExecutionStatus.CANCELLED);
        assertThat(told.cancellation())
                .isNotNull()
                .satisfies(each -> assertThat(each.reason()).isEqualTo("a test lead"));
        assertThat(rest().postMap(url, "{}").get("cancellation")).isEqualTo(cancelled.get("cancellation"));
        report(new StepEvent.Completed(run(job), 201, Map.of("id", "c_1")));
        await().atMost(PATIENCE)
                .until(() -> StepStatus.COMPLETED
                        .name()
                        .equalsIgnoreCase(step(job.id().execution(), "step_2").getString("status")));
        assertThat(execution(job.id().execution()).getString("status")).isEqualTo("cancelled");
        assertThat(jobs(queue().claim("w", 10, PATIENCE))).isEmpty();
        assertThat(rest().ofOrg(OrgId.random()).post(url, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void what_has_ended_otherwise_cannot_be_cancelled() {
        ExecutionId failed = failAtSecondAction(create(Seed.JSON));

        assertThat(rest().post("/v1/executions/" + failed + ":cancel", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_long_delay_leaves_redis_for_mongodb() {
        WorkflowId workflow = create("""
                {"name": "waits", "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
                 "steps": [{"id": "wait", "type": "DELAY", "duration": "P30D"}]}
                """.formatted(Seed.FORM));
        AutomationEvent event = lead(Map.of());
        publish(event);
        ExecutionId execution = ExecutionId.of(event.id(), workflow);

        Instant due = await().atMost(PATIENCE)
                .until(() -> probe().scheduledJob(execution + ":wait:1"), Objects::nonNull)
                .dueAt();

        assertThat(due)
                .isEqualTo(step(execution, "wait").getDate("next_attempt_at").toInstant());
        assertThat(due).isAfter(Instant.now().plusSeconds(29 * 86_400));
        assertThat(jobs(queue().claim("w", 10, PATIENCE))).isEmpty();
    }

    /** An execution whose first action was done and whose second one failed for good. */
    private ExecutionId failAtSecondAction(WorkflowId workflow) {
        AutomationEvent event = lead(Map.of("email", "joe@example.com", "phone_number", "+911"));
        publish(event);
        report(new StepEvent.Completed(run(claim()), 201, Map.of("id", "c_1")));
        report(new StepEvent.Failed(run(claim()), ERROR));
        ExecutionId execution = ExecutionId.of(event.id(), workflow);
        snapshot(execution, ExecutionStatus.FAILED);
        return execution;
    }

    private List<?> items(String query) {
        return (List<?>)
                Objects.requireNonNull(rest().getMap("/v1/dead-letters" + query).get("items"));
    }
}
