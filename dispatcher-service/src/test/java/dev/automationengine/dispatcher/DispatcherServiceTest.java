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
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The whole service on real Kafka and Redis: what comes in by REST and Kafka, what comes out. */
class DispatcherServiceTest extends DispatcherScene {
    @Autowired
    MeterRegistry meters;

    @Test
    void a_lead_starts_the_seed_workflow_and_the_reports_of_workers_complete_it() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = lead(Map.of("email", "joe@example.com", "full_name", "Joe", "phone_number", "+911"));
        publish(event);

        ClaimedJob crm = claim();
        ExecutionId execution = ExecutionId.of(event.id(), workflow);
        assertThat(crm.id()).isEqualTo(new JobId(execution, new StepId("step_2"), 1));
        assertThat(crm.payload()).contains("CRM_INSERT").doesNotContain("joe@example.com");
        assertThat(work(execution, "step_2").get("input", Document.class))
                .isEqualTo(Document.parse(
                        "{'field_mapping': {'email': 'joe@example.com', 'name': 'Joe', 'phone': '+911'}}"));
        assertThat(work(execution, "step_2").get("timeout")).isEqualTo("PT30S");
        ExecutionSnapshot begun = snapshot(execution, ExecutionStatus.IN_PROGRESS);
        assertThat(begun.steps())
                .extracting(ExecutionSnapshot.Step::status)
                .containsExactly(StepStatus.COMPLETED, StepStatus.QUEUED, StepStatus.PENDING);

        report(new StepEvent.Completed(run(crm), 201, Map.of("id", "c-1")));
        ClaimedJob whatsApp = claim();
        assertThat(whatsApp.id().step()).isEqualTo(new StepId("step_3"));
        report(new StepEvent.Completed(run(whatsApp), 200, Map.of("message_id", "m-1")));

        ExecutionSnapshot done = snapshot(execution, ExecutionStatus.COMPLETED);
        assertThat(done.finishedAt()).isNotNull();
        assertThat(done.steps().get(1).output()).isEqualTo(Map.of("id", "c-1"));
        Document stored = execution(execution);
        assertThat(stored.getString("status")).isEqualTo("completed");
        assertThat(stored.getDate("expire_at").toInstant())
                .isEqualTo(stored.getDate("finished_at").toInstant().plus(Duration.ofDays(3)));
    }

    @Test
    void a_lead_that_the_filter_stops_is_recorded_and_queues_nothing() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = lead(Map.of("full_name", "Joe"));
        publish(event);

        ExecutionSnapshot filtered = snapshot(ExecutionId.of(event.id(), workflow), ExecutionStatus.FILTERED);

        assertThat(filtered.steps().getFirst().status()).isEqualTo(StepStatus.FILTERED);
        assertThat(jobs(queue().claim("w", 10, Duration.ofSeconds(30)))).isEmpty();
    }

    private double unheard() {
        return meters.counter("engine.events", "matched", "false").count();
    }

    @Test
    void an_inactive_workflow_starts_nothing_until_it_is_active_again() {
        WorkflowId workflow = create(Seed.JSON);
        assertThat(rest().post("/v1/workflows/" + workflow + ":deactivate", "").statusCode())
                .isEqualTo(200);
        double unheard = unheard();
        publish(lead(Map.of("email", "a@example.com")));
        // Only then: an event that is still on its way when the workflow is active again is meant for it.
        await().atMost(PATIENCE).until(() -> unheard() > unheard);
        assertThat(rest().post("/v1/workflows/" + workflow + ":activate", "").statusCode())
                .isEqualTo(200);
        AutomationEvent caught = lead(Map.of("email", "b@example.com"));
        publish(caught);

        assertThat(claim().id().execution()).isEqualTo(ExecutionId.of(caught.id(), workflow));
    }

    @Test
    void a_repeated_event_leads_to_one_execution_and_one_job() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = lead(Map.of("email", "joe@example.com"));
        publish(event);
        ExecutionId execution = ExecutionId.of(event.id(), workflow);
        snapshot(execution, ExecutionStatus.IN_PROGRESS);
        publish(event);
        publish(event);
        AutomationEvent last = lead(Map.of());
        publish(last);
        // The same key and so the same partition: when the last has been handled, the repeats have.
        snapshot(ExecutionId.of(last.id(), workflow), ExecutionStatus.FILTERED);

        assertThat(probe().snapshots(execution)).hasSizeGreaterThan(1).allMatch(repeat -> repeat.rev() == 1);
        assertThat(mongo().getCollection("executions")
                        .countDocuments(new Document("org_id", org.value())
                                .append("event_id", event.id().value())))
                .isEqualTo(1);
        assertThat(jobs(queue().claim("w", 10, Duration.ofSeconds(30)))).hasSize(1);
    }

    @Test
    void a_step_that_fails_for_good_fails_the_execution_and_is_found_among_the_dead_letters() {
        WorkflowId workflow = create(Seed.JSON);
        AutomationEvent event = lead(Map.of("email", "joe@example.com"));
        publish(event);
        ClaimedJob job = claim();
        StepError error = new StepError(
                ErrorClass.REJECTED, "invalid_email", "The CRM refuses it.", 422, "POST /contacts", "{}", "Mend it.");
        Instant due = Instant.now().plusSeconds(5);
        report(new StepEvent.AttemptFailed(run(job), error, due));
        ExecutionId execution = ExecutionId.of(event.id(), workflow);
        await().atMost(PATIENCE)
                .until(() -> step(execution, "step_2").getString("status").equals("retrying"));
        assertThat(step(execution, "step_2")
                        .getDate("next_attempt_at")
                        .toInstant()
                        .toEpochMilli())
                .isEqualTo(due.toEpochMilli());

        report(new StepEvent.Failed(run(job, 2), error));

        ExecutionSnapshot failed = snapshot(execution, ExecutionStatus.FAILED);
        assertThat(failed.steps())
                .extracting(ExecutionSnapshot.Step::status)
                .containsExactly(StepStatus.COMPLETED, StepStatus.FAILED, StepStatus.SKIPPED);
        assertThat(failed.steps().get(1).attempts()).hasSize(2);
        Map<String, Object> letters = rest().getMap("/v1/dead-letters?workflow_id=" + workflow);
        assertThat((List<?>) letters.get("items")).singleElement().isInstanceOfSatisfying(Map.class, letter -> {
            assertThat(letter.get("id")).isEqualTo(job.id().value());
            assertThat(letter.get("attempts")).isEqualTo(2);
            assertThat(letter.toString()).contains("invalid_email", "Mend it.");
        });
        assertThat(rest().get("/v1/dead-letters/" + job.id()).statusCode()).isEqualTo(200);
        assertThat(rest().ofOrg(OrgId.random())
                        .get("/v1/dead-letters/" + job.id())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_event_that_nobody_seems_to_listen_to_is_judged_by_what_mongodb_says_now() {
        WorkflowId workflow = create(Seed.JSON);
        assertThat(rest().post("/v1/workflows/" + workflow + ":deactivate", "").statusCode())
                .isEqualTo(200);
        publish(lead(Map.of("email", "joe@example.com")));
        // As another replica stores it: nobody has told this one yet, and its list in memory is good for minutes.
        mongo().getCollection("workflows")
                .updateOne(
                        new Document("_id", workflow.value()).append("org_id", org.value()),
                        new Document("$set", new Document("is_active", true)));

        await().atMost(PATIENCE).until(() -> {
            publish(lead(Map.of("email", "joe@example.com")));
            return !jobs(queue().claim("w", 1, PATIENCE)).isEmpty();
        });
    }

    @Test
    void a_workflow_goes_through_its_life_by_rest_and_the_fleet_hears_of_it() {
        WorkflowId id = create(Seed.JSON);
        String url = "/v1/workflows/" + id;
        assertThat(change(id)).matches(change -> change.active() && change.version() == 1);

        Map<String, Object> renamed = rest().putMap(url, Seed.JSON.replace("New lead to", "Every lead to"));
        assertThat(renamed).containsEntry("version", 2).containsEntry("name", "Every lead to CRM and WhatsApp");
        assertThat(rest().getMap(url)).isEqualTo(renamed).containsEntry("org_id", org.value());
        assertThat(change(id).version()).isEqualTo(2);
        assertThat(mongo().getCollection("workflow_versions")
                        .countDocuments(new Document("org_id", org.value()).append("workflow_id", id.value())))
                .isEqualTo(2);
        assertThat(rest().put(url, Seed.JSON, "\"1\"").statusCode()).isEqualTo(412);

        assertThat(rest().ofOrg(OrgId.random()).get(url).statusCode()).isEqualTo(404);
        assertThat(rest().delete(url).statusCode()).isEqualTo(204);
        assertThat(rest().get(url).statusCode()).isEqualTo(404);
        await().atMost(PATIENCE).until(() -> probe().isDeleted(WorkflowChange.key(org, id)));
    }

    @Test
    void workflows_are_listed_in_pages_newest_first() {
        OrgId other = OrgId.random();
        RestProbe theirs = rest().ofOrg(other);
        List<String> created = IntStream.range(0, 3)
                .mapToObj(i -> String.valueOf(
                        theirs.postMap("/v1/workflows", Seed.JSON).get("id")))
                .toList();

        Map<String, Object> first = theirs.getMap("/v1/workflows?limit=2");
        Map<String, Object> second = theirs.getMap("/v1/workflows?limit=2&cursor=" + first.get("next_cursor"));

        assertThat(ids(first)).containsExactly(created.get(2), created.get(1));
        assertThat(ids(second)).containsExactly(created.get(0));
        assertThat(second.get("next_cursor")).isNull();
        assertThat(theirs.get("/v1/workflows?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(theirs.get("/v1/workflows?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void a_workflow_that_cannot_run_is_refused_with_everything_that_is_wrong() {
        Map<String, Object> problem = rest().postMap(
                        "/v1/workflows",
                        "{\"name\": \"\", \"trigger\": {\"type\": \"META_LEAD_AD\", \"config\": {}},"
                                + " \"steps\": [{\"id\": \"a\", \"type\": \"ACTION\", \"action\": \"FLY\"}]}");

        assertThat(problem).containsEntry("type", "https://automation-engine.dev/problems/invalid-request");
        assertThat((List<?>) problem.get("errors"))
                .extracting(error -> ((Map<?, ?>) error).get("pointer"))
                .isEqualTo(List.of("/name", "/trigger/config", "/steps/0/action"));
        assertThat(rest().post("/v1/workflows", "[1]").statusCode()).isEqualTo(400);
        assertThat(rest().get("/v1/workflows/wf_unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void an_outcome_on_an_execution_that_does_not_exist_goes_to_the_dead_letter_topic() {
        ExecutionId nowhere = new ExecutionId("exec_nowhere" + System.nanoTime());
        Instant now = Instant.now();
        JobId job = new JobId(nowhere, new StepId("step_1"), 1);
        StepRun run = new StepRun(org, WorkflowId.random(), job, 1, 1, "w", now, now, null);
        report(new StepEvent.Completed(run, null, Map.of()));

        await().atMost(PATIENCE).until(() -> probe().isRejected(nowhere.value()));
    }

    @Test
    void names_that_mongodb_dislikes_travel_through_payload_and_output() {
        WorkflowId workflow = create("""
                {"name": "odd", "trigger": {"type": "WEBHOOK", "config": {"path": "odd"}},
                 "steps": [{"id": "a", "type": "ACTION", "action": "CRM_INSERT",
                            "config": {"field_mapping": {"x.y": "{{ trigger.body['a.b']['$c'] }}"}}},
                           {"id": "b", "type": "ACTION", "action": "CRM_INSERT", "depends_on": ["a"],
                            "config": {"field_mapping": {"$z": "{{ steps.a.output['$ref'] }}"}}}]}
                """);
        AutomationEvent event = AutomationEvent.of(
                org,
                "/webhooks/odd",
                "call-" + System.nanoTime(),
                "dev.automationengine.webhook.received.v1",
                "WEBHOOK",
                Instant.now(),
                null,
                new AutomationEvent.Data(
                        Map.of("path", "odd"), Map.of("body", Map.of("a.b", Map.of("$c", 7, "n\0l", 1)))));
        publish(event);
        ClaimedJob first = claim();
        ExecutionId execution = ExecutionId.of(event.id(), workflow);
        assertThat(work(execution, "a").get("input", Document.class))
                .isEqualTo(new Document("field_mapping", new Document("x.y", 7)));
        report(new StepEvent.Completed(run(first), 200, Map.of("$ref", "r", "a.b", List.of(1))));

        claim();

        assertThat(work(execution, "b").get("input", Document.class))
                .isEqualTo(new Document("field_mapping", new Document("$z", "r")));
    }

    @Test
    void an_event_that_cannot_be_stored_goes_to_the_dead_letter_topic_and_the_next_is_handled() {
        WorkflowId workflow = create(Seed.JSON);
        Object deep = "x";
        for (int i = 0; i < 200; i++) {
            deep = List.of(deep);
        }
        AutomationEvent poison = lead(Map.of("email", "joe@example.com", "deep", deep));
        publish(poison);
        AutomationEvent next = lead(Map.of("email", "joe@example.com"));
        publish(next);

        await().atMost(PATIENCE).until(() -> probe().isRejected(poison.id().value()));
        assertThat(claim().id().execution()).isEqualTo(ExecutionId.of(next.id(), workflow));
    }

    @Test
    void a_change_that_was_stored_but_not_published_is_published_by_the_sweep() {
        WorkflowId id = create(Seed.JSON);
        // What a dispatcher leaves that dies between storing and publishing.
        mongo().getCollection("workflows")
                .updateOne(
                        new Document("_id", id.value()).append("org_id", org.value()),
                        new Document(
                                "$set",
                                new Document("is_active", false)
                                        .append("rev", 2L)
                                        .append("publish_pending", true)));

        String key = WorkflowChange.key(org, id);
        await().atMost(PATIENCE).until(() -> probe().change(key), change -> change != null && !change.active());
        await().atMost(PATIENCE)
                .until(() -> mongo().getCollection("workflows")
                                .countDocuments(new Document("_id", id.value()).append("publish_pending", true))
                        == 0);
    }
}
