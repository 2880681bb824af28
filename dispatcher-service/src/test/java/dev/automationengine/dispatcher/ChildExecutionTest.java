package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that start executions, through Kafka, MongoDB and Redis. */
class ChildExecutionTest extends DispatcherScene {
    @Test
    void each_item_of_a_list_is_an_execution_of_its_own_and_the_results_come_together() {
        WorkflowId workflow = create(forEach("fail"));
        AutomationEvent event = lead(Map.of("cars", List.of("a", "b", "c")));
        publish(event);
        ExecutionId parent = ExecutionId.of(event.id(), workflow);

        ClaimedJob first = claim();
        ClaimedJob second = claim();
        publish(event);
        // Two at a time: the third comes when one has ended.
        assertThat(jobs(queue().claim("w", 10, Duration.ofSeconds(30)))).isEmpty();
        report(new StepEvent.Completed(run(second), 201, Map.of("id", "c-" + car(second))));
        ClaimedJob third = claim();
        assertThat(List.of(car(first), car(second), car(third))).containsExactlyInAnyOrder("a", "b", "c");
        report(new StepEvent.Completed(run(third), 201, Map.of("id", "c-" + car(third))));
        report(new StepEvent.Completed(run(first), 201, Map.of("id", "c-" + car(first))));

        ExecutionSnapshot done = snapshot(parent, ExecutionStatus.COMPLETED);
        assertThat(done.steps().getFirst().output())
                .containsEntry("count", 3)
                .containsEntry("results", List.of("c-a", "c-b", "c-c"));
        JobId step = new JobId(parent, new StepId("each"), 1);
        assertThat(List.of(first, second, third))
                .extracting(job -> job.id().execution())
                .containsExactlyInAnyOrder(
                        ExecutionId.child(step, 0), ExecutionId.child(step, 1), ExecutionId.child(step, 2));
        assertThat(snapshot(ExecutionId.child(step, 2), ExecutionStatus.COMPLETED)
                        .parent())
                .isEqualTo(new ExecutionSnapshot.Parent(parent, new StepId("each"), 2));
    }

    @Test
    void an_item_that_fails_fails_the_step_and_ends_the_others() {
        WorkflowId workflow = create(forEach("fail"));
        AutomationEvent event = lead(Map.of("cars", List.of("a", "b", "c")));
        publish(event);
        ClaimedJob first = claim();
        ClaimedJob second = claim();

        report(new StepEvent.Failed(
                run(first), new StepError(ErrorClass.REJECTED, "422", "No such car.", 422, null, null, "")));

        ExecutionId parent = ExecutionId.of(event.id(), workflow);
        ExecutionSnapshot failed = snapshot(parent, ExecutionStatus.FAILED);
        assertThat(failed.steps().getFirst().attempts().getLast().error())
                .isNotNull()
                .satisfies(error -> assertThat(error.message()).contains("No such car."));
        snapshot(second.id().execution(), ExecutionStatus.CANCELLED);
        JobId step = new JobId(parent, new StepId("each"), 1);
        assertThat(mongo().getCollection("executions")
                        .countDocuments(
                                new Document("_id", ExecutionId.child(step, 2).value()).append("org_id", org.value())))
                .as("the third was never started")
                .isZero();
    }

    @Test
    void a_workflow_runs_another_and_reads_what_it_gives() {
        WorkflowId sub = create("""
                {"name": "sub", "is_active": true, "trigger": {"type": "SUB_WORKFLOW"},
                 "steps": [{"id": "crm", "type": "ACTION", "action": "CRM_INSERT",
                            "config": {"field_mapping": {"email": "{{ trigger.mail }}"}}}]}
                """);
        WorkflowId workflow = create(calls(sub, true));
        AutomationEvent event = lead(Map.of("email", "joe@example.com"));
        publish(event);
        ClaimedJob job = claim();
        assertThat(input(job)).containsEntry("email", "joe@example.com");
        report(new StepEvent.Completed(run(job), 201, Map.of("id", "c-1")));

        ClaimedJob after = claim();

        assertThat(after.id().execution()).isEqualTo(ExecutionId.of(event.id(), workflow));
        assertThat(input(after)).containsEntry("id", "c-1");
        assertThat(snapshot(job.id().execution(), ExecutionStatus.COMPLETED).workflowId())
                .isEqualTo(sub);
    }

    @Test
    void a_workflow_that_nobody_waits_for_is_let_go() {
        WorkflowId sub = create("""
                {"name": "sub", "is_active": true, "trigger": {"type": "SUB_WORKFLOW"},
                 "steps": [{"id": "wait", "type": "DELAY", "duration": "PT1H"}]}
                """);
        WorkflowId workflow = create(calls(sub, false));
        AutomationEvent event = lead(Map.of());
        publish(event);

        ClaimedJob after = claim();
        report(new StepEvent.Completed(run(after), 201, Map.of()));

        snapshot(ExecutionId.of(event.id(), workflow), ExecutionStatus.COMPLETED);
        ExecutionId child = ExecutionId.child(new JobId(after.id().execution(), new StepId("sub"), 1), 0);
        snapshot(child, ExecutionStatus.IN_PROGRESS);
    }

    @Test
    void a_workflow_that_is_not_there_or_runs_itself_for_ever_fails_the_step() {
        WorkflowId workflow = create(calls(WorkflowId.random(), true));
        AutomationEvent event = lead(Map.of());
        publish(event);
        ExecutionSnapshot failed = snapshot(ExecutionId.of(event.id(), workflow), ExecutionStatus.FAILED);
        assertThat(code(failed)).isEqualTo("no_such_workflow");

        WorkflowId loop = create("""
                {"name": "loop", "is_active": true, "trigger": {"type": "SUB_WORKFLOW"},
                 "steps": [{"id": "x", "type": "TRANSFORM", "output": {"x": 1}}]}
                """);
        rest().putMap(
                        "/v1/workflows/" + loop,
                        calls(loop, true)
                                .replace(
                                        "\"META_LEAD_AD\", \"config\": {\"form_id\": \"%s\"}".formatted(Seed.FORM),
                                        "\"SUB_WORKFLOW\""));
        WorkflowId caller = create(calls(loop, true));
        AutomationEvent second = lead(Map.of());
        publish(second);
        assertThat(code(snapshot(ExecutionId.of(second.id(), caller), ExecutionStatus.FAILED)))
                .isEqualTo("too_deep");
    }

    @Test
    void a_workflow_that_takes_too_long_fails_the_step_and_is_cancelled() {
        WorkflowId sub = create("""
                {"name": "slow", "is_active": true, "trigger": {"type": "SUB_WORKFLOW"},
                 "steps": [{"id": "wait", "type": "DELAY", "duration": "PT1H"}]}
                """);
        WorkflowId workflow = create(calls(sub, true).replace("\"wait\": true", "\"timeout\": \"PT1S\""));
        AutomationEvent event = lead(Map.of());
        publish(event);

        ClaimedJob timeUp = claimDue();
        assertThat(work(timeUp.id().execution(), "sub")).containsEntry("action", StepWork.WAIT);
        report(new StepEvent.Completed(run(timeUp), null, Map.of()));

        ExecutionSnapshot failed = snapshot(ExecutionId.of(event.id(), workflow), ExecutionStatus.FAILED);
        assertThat(code(failed)).isEqualTo("timed_out");
        JobId step = new JobId(failed.executionId(), new StepId("sub"), 1);
        snapshot(ExecutionId.child(step, 0), ExecutionStatus.CANCELLED);
    }

    private static @Nullable String code(ExecutionSnapshot failed) {
        StepError error = failed.steps().getFirst().attempts().getLast().error();
        return error == null ? null : error.code();
    }

    private String car(ClaimedJob job) {
        return String.valueOf(input(job).get("car"));
    }

    private Document input(ClaimedJob job) {
        return work(job.id().execution(), job.id().step().value())
                .get("input", Document.class)
                .get("field_mapping", Document.class);
    }

    private static String forEach(String onItemError) {
        return """
                {"name": "each", "is_active": true,
                 "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
                 "steps": [{"id": "each", "type": "FOR_EACH", "items": "{{ trigger.fields.cars }}", "concurrency": 2,
                            "on_item_error": "%s", "collect": "{{ steps.crm.output.id }}",
                            "steps": [{"id": "crm", "type": "ACTION", "action": "CRM_INSERT",
                                       "config": {"field_mapping": {"car": "{{ item }}"}}}]}]}
                """.formatted(Seed.FORM, onItemError);
    }

    private static String calls(WorkflowId sub, boolean wait) {
        return """
                {"name": "caller", "is_active": true,
                 "trigger": {"type": "META_LEAD_AD", "config": {"form_id": "%s"}},
                 "steps": [{"id": "sub", "type": "SUB_WORKFLOW", "workflow_id": "%s", "wait": %s,
                            "input": {"mail": "{{ trigger.fields.email }}"}},
                           {"id": "after", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["sub"],
                            "config": {"field_mapping": {"id": "{{ steps.sub.output.result.crm.id }}"}}}]}
                """.formatted(Seed.FORM, sub, wait);
    }
}
